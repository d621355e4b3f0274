package dev.revox.sip.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A flyweight over the bytes of one RTP packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                       CSRC (CC times)                         |
 * |  profile                      |  extension length in words    |
 * </pre>
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3550 §5.1, §5.3.1, §A.1.
 */
public final class RtpPacketView {

    public static final int HEADER_BYTES = 12;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[HEADER_BYTES];
    private int start;
    private int payloadStart;
    private int payloadBytes;

    /**
     * Looks at a datagram.
     *
     * @return false when it is no valid RTP packet; the accessors then mean nothing
     */
    public boolean wrap(byte[] datagram, int offset, int length) {
        if (length < HEADER_BYTES || (datagram[offset] & 0xC0) != 0x80) {
            return false;
        }
        int first = datagram[offset];
        int end = offset + length;
        int at = offset + HEADER_BYTES + 4 * (first & 0x0F);
        if (at > end) {
            return false;
        }
        if ((first & 0x10) != 0) {
            if (end - at < 4) {
                return false;
            }
            int words = (short) SHORT.get(datagram, at + 2) & 0xFFFF;
            at += 4 + 4 * words;
            if (at > end) {
                return false;
            }
        }
        if ((first & 0x20) != 0) {
            int padding = datagram[end - 1] & 0xFF;
            // §5.1: the last octet counts itself, so zero is as wrong as more than there is.
            if (padding == 0 || padding > end - at) {
                return false;
            }
            end -= padding;
        }
        bytes = datagram;
        start = offset;
        payloadStart = at;
        payloadBytes = end - at;
        return true;
    }

    public boolean marker() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    public int payloadType() {
        return bytes[start + 1] & 0x7F;
    }

    public int sequenceNumber() {
        return (short) SHORT.get(bytes, start + 2) & 0xFFFF;
    }

    /** 32 bit, unsigned. */
    public long timestamp() {
        return (int) INT.get(bytes, start + 4) & 0xFFFF_FFFFL;
    }

    public int ssrc() {
        return (int) INT.get(bytes, start + 8);
    }

    public int payloadStart() {
        return payloadStart;
    }

    public int payloadBytes() {
        return payloadBytes;
    }

    /** Writes a header without CSRCs or extension. @return its length */
    static int writeHeader(
            byte[] into, int offset, int payloadType, boolean marker, int sequence, long timestamp, int ssrc) {
        into[offset] = (byte) 0x80;
        into[offset + 1] = (byte) ((marker ? 0x80 : 0) | payloadType);
        SHORT.set(into, offset + 2, (short) sequence);
        INT.set(into, offset + 4, (int) timestamp);
        INT.set(into, offset + 8, ssrc);
        return HEADER_BYTES;
    }
}
