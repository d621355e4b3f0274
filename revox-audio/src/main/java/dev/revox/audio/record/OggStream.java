package dev.revox.audio.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets in Ogg pages. Each page stands for itself: a file that ends in the middle of one is read up to the one before.
 *
 * <pre>
 * "OggS" | version | flags | granule position (8) | serial (4) | page (4) | CRC (4) | segments (1) | their lengths | packets
 * </pre>
 *
 * <p><b>Thread:</b> Confined to the recording thread. <b>Spec:</b> RFC 3533 §6.
 */
final class OggStream {

    private static final int HEADER_BYTES = 27;
    private static final int MAX_SEGMENTS = 255;
    private static final int FIRST_PAGE = 2;
    private static final int LAST_PAGE = 4;
    private static final int CRC_AT = 22;
    private static final int[] CRC = crcTable();

    private final RecordingOutput out;
    private final int serial;
    private final byte[] lengths = new byte[MAX_SEGMENTS];
    private final ByteBuffer body = ByteBuffer.allocate(MAX_SEGMENTS * 255);
    private final ByteBuffer page = ByteBuffer.allocate(HEADER_BYTES + MAX_SEGMENTS + MAX_SEGMENTS * 255)
            .order(ByteOrder.LITTLE_ENDIAN);
    private int segments;
    private int pages;
    private long granule;

    OggStream(RecordingOutput out, int serial) {
        this.out = out;
        this.serial = serial;
    }

    /** Adds a packet; {@code granulePosition} is where it ends. */
    void add(byte[] packet, int length, long granulePosition) throws IOException {
        int needed = length / 255 + 1;
        if (segments + needed > MAX_SEGMENTS) {
            flush(false);
        }
        body.put(packet, 0, length);
        for (int left = length; left >= 0; left -= 255) {
            lengths[segments++] = (byte) Math.min(left, 255);
        }
        granule = granulePosition;
    }

    /** Writes a page, if there is anything for it. */
    void flush() throws IOException {
        if (segments > 0) {
            flush(false);
        }
    }

    /** Writes the last page; {@code granulePosition} is where the sound ends, which may be before its last packet does. */
    void end(long granulePosition) throws IOException {
        granule = granulePosition;
        flush(true);
    }

    private void flush(boolean last) throws IOException {
        page.clear();
        page.put(new byte[] {'O', 'g', 'g', 'S', 0});
        page.put((byte) ((pages == 0 ? FIRST_PAGE : 0) | (last ? LAST_PAGE : 0)));
        page.putLong(granule).putInt(serial).putInt(pages++).putInt(0);
        page.put((byte) segments).put(lengths, 0, segments);
        page.put(body.flip());
        page.putInt(CRC_AT, crc(page.array(), page.position()));
        out.write(page.flip());
        body.clear();
        segments = 0;
    }

    private static int crc(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = crc << 8 ^ CRC[(crc >>> 24 ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value << 1 ^ (value < 0 ? 0x04C1_1DB7 : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
