package dev.revox.testkit.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A stream of RTP with PCMU, 20 ms a packet, each with its number in the first bytes of its sound. */
final class RtpStream {

    static final long MS = 1_000_000L;
    static final int FRAME = 160;
    static final int HEADER = 12;

    private RtpStream() {}

    static List<Datagram> ofPackets(int count) {
        List<Datagram> sent = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            byte[] packet = new byte[HEADER + FRAME];
            ByteBuffer.wrap(packet)
                    .put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) (65_000 + n))
                    .putInt(-5000 + n * FRAME)
                    .putInt(77)
                    .putInt(n);
            sent.add(Datagram.sent(packet, n * (20 * MS)));
        }
        return sent;
    }

    static int sequence(Datagram datagram) {
        return ByteBuffer.wrap(datagram.bytes()).getShort(2) & 0xFFFF;
    }

    static int timestamp(Datagram datagram) {
        return ByteBuffer.wrap(datagram.bytes()).getInt(4);
    }

    static int ssrc(Datagram datagram) {
        return ByteBuffer.wrap(datagram.bytes()).getInt(8);
    }

    static int number(Datagram datagram) {
        return ByteBuffer.wrap(datagram.bytes()).getInt(HEADER);
    }
}
