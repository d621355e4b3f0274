package dev.revox.audio.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets of Opus as a file that other programs read, one packet a page. RFC 3533 §6, RFC 7845 §5. */
final class OggOpus {

    private static final int CRC_POLYNOMIAL = 0x04C1_1DB7;
    private static final int CRC_AT = 22;
    private static final int FIRST_PAGE = 2;
    private static final int LAST_PAGE = 4;

    private OggOpus() {}

    static byte[] file(List<byte[]> packets, int ticksPerPacket) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(page(FIRST_PAGE, 0, 0, head()));
        file.writeBytes(page(0, 0, 1, tags()));
        for (int i = 0; i < packets.size(); i++) {
            int flags = i == packets.size() - 1 ? LAST_PAGE : 0;
            file.writeBytes(page(flags, (i + 1L) * ticksPerPacket, i + 2, packets.get(i)));
        }
        return file.toByteArray();
    }

    private static byte[] head() {
        return little(19)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0)
                .putInt(16_000)
                .array();
    }

    private static byte[] tags() {
        return little(16).put("OpusTags".getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] page(int flags, long granule, int number, byte[] packet) {
        int segments = packet.length / 255 + 1;
        byte[] bytes = new byte[27 + segments + packet.length];
        ByteBuffer page = ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OggS".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) flags)
                .putLong(granule)
                .putInt(1)
                .putInt(number)
                .putInt(0)
                .put((byte) segments);
        for (int i = 1; i < segments; i++) {
            page.put((byte) 255);
        }
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(CRC_AT, crc(bytes));
        return bytes;
    }

    private static int crc(byte[] bytes) {
        int crc = 0;
        for (byte each : bytes) {
            crc ^= (each & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ CRC_POLYNOMIAL : crc << 1;
            }
        }
        return crc;
    }
}
