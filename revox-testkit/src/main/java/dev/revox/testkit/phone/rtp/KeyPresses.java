package dev.revox.testkit.phone.rtp;

import java.nio.ByteBuffer;

/**
 * Telephone keys as named events, to send and to hear.
 *
 * <p><b>Thread:</b> Confined to its owner's lock. <b>Spec:</b> RFC 4733 §2.5: a key is one timestamp, its packets differ in
 * duration only, and the last comes three times.
 */
final class KeyPresses {

    static final int PAYLOAD_BYTES = 4;

    private static final String KEYS = "0123456789*#ABCD";
    private static final int VOLUME = 10;
    private static final int PACKET_SAMPLES = 160;
    private static final int UPDATES = 6;
    private static final int ENDS = 3;
    private static final int GAP_PACKETS = 5;

    private final StringBuilder toSend = new StringBuilder();
    private final StringBuilder heard = new StringBuilder();
    private int packet;
    private int lastHeardTimestamp;

    void press(String keys) {
        for (int i = 0; i < keys.length(); i++) {
            if (KEYS.indexOf(keys.charAt(i)) < 0) {
                throw new IllegalArgumentException("not a telephone key at place " + i);
            }
        }
        toSend.append(keys);
    }

    boolean pressing() {
        return !toSend.isEmpty();
    }

    boolean firstPacketOfKey() {
        return packet == 0;
    }

    /** How far the key's timestamp lies before that of the running audio clock. */
    int samplesSinceKeyDown() {
        return packet * PACKET_SAMPLES;
    }

    /** The next 20 ms of the key: an event to send, or nothing in the gap behind it. */
    boolean nextPacket(ByteBuffer out) {
        int now = packet++;
        if (now < UPDATES + ENDS) {
            boolean end = now >= UPDATES;
            int duration = Math.min(now + 1, UPDATES) * PACKET_SAMPLES;
            out.put((byte) KEYS.indexOf(toSend.charAt(0)));
            out.put((byte) ((end ? 0x80 : 0) | VOLUME));
            out.putShort((short) duration);
            return true;
        }
        if (now == UPDATES + ENDS + GAP_PACKETS) {
            toSend.deleteCharAt(0);
            packet = 0;
        }
        return false;
    }

    void hear(int timestamp, ByteBuffer payload) {
        int event = payload.get(payload.position()) & 0xFF;
        if (event >= KEYS.length() || (!heard.isEmpty() && timestamp == lastHeardTimestamp)) {
            return;
        }
        lastHeardTimestamp = timestamp;
        heard.append(KEYS.charAt(event));
    }

    String heard() {
        return heard.toString();
    }
}
