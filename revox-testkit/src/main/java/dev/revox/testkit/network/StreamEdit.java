package dev.revox.testkit.network;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link Fault}s change in the headers of a stream of RTP.
 *
 * <p><b>Thread:</b> Confined to its network. <b>Spec:</b> RFC 3550 §5.1.
 */
final class StreamEdit {

    private static final int HEADER_BYTES = 12;
    private static final int SEQUENCE_AT = 2;
    private static final int TIMESTAMP_AT = 4;
    private static final int SSRC_AT = 8;
    private static final int FRAME = 160;
    private static final byte LOUD_ULAW = (byte) 0x80;
    private static final int SEQUENCE_STEP = 12_345;
    private static final int TIMESTAMP_STEP = 0x1234_5678;

    private final List<Fault> faults;
    private long packets;

    StreamEdit(List<Fault> faults) {
        this.faults = faults;
    }

    /** A packet's bytes as the network shows them; what is no RTP stays as it is. */
    byte[] apply(byte[] bytes) {
        long number = packets++;
        if (faults.isEmpty() || bytes.length < HEADER_BYTES) {
            return bytes;
        }
        byte[] changed = bytes.clone();
        ByteBuffer header = ByteBuffer.wrap(changed);
        for (Fault fault : faults) {
            if (number >= fault.atPacket()) {
                apply(fault, header);
            }
        }
        return changed;
    }

    private static void apply(Fault fault, ByteBuffer header) {
        switch (fault) {
            case Fault.SourceChange change -> {
                header.putInt(SSRC_AT, change.ssrc());
                header.putShort(SEQUENCE_AT, (short) (header.getShort(SEQUENCE_AT) + SEQUENCE_STEP));
                header.putInt(TIMESTAMP_AT, header.getInt(TIMESTAMP_AT) + TIMESTAMP_STEP);
            }
            case Fault.TimestampJump jump -> header.putInt(TIMESTAMP_AT, header.getInt(TIMESTAMP_AT) + jump.ticks());
        }
    }

    /** A packet of PCMU at full scale. */
    static byte[] loudPacket(int ssrc) {
        byte[] packet = new byte[HEADER_BYTES + FRAME];
        Arrays.fill(packet, HEADER_BYTES, packet.length, LOUD_ULAW);
        packet[0] = (byte) 0x80;
        ByteBuffer.wrap(packet).putInt(SSRC_AT, ssrc);
        return packet;
    }

    /** The same packet with the number and time of its place in a stream. */
    static byte[] numbered(byte[] packet, int number) {
        byte[] copy = packet.clone();
        ByteBuffer.wrap(copy).putShort(SEQUENCE_AT, (short) number).putInt(TIMESTAMP_AT, number * FRAME);
        return copy;
    }
}
