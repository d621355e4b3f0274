package dev.revox.audio.codec.opus;

/**
 * What can be read from an Opus packet without decoding it.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 6716 §3.1, §3.2, §4.2.3-4.2.4.
 */
public final class OpusPacket {

    public static final int CLOCK_HZ = 48_000;

    /** The longest sound one packet may hold, in milliseconds. */
    public static final int MAX_MS = 120;

    private static final int MAX_TICKS = CLOCK_HZ / 1000 * MAX_MS;

    private OpusPacket() {}

    /** Ticks of the packet's sound, -1 when its header is impossible. */
    public static int ticks(byte[] packet, int offset, int length) {
        if (offset < 0 || length < 1 || length > packet.length - offset) {
            return -1;
        }
        int frames = frames(packet, offset, length);
        int ticks = frames * frameTicks(packet[offset]);
        // [R5] of RFC 6716 §3.4: no more than 120 ms in a packet.
        return frames < 1 || ticks > MAX_TICKS ? -1 : ticks;
    }

    /** Ticks of one frame, by the configuration number in the first five bits. */
    public static int frameTicks(byte toc) {
        int config = (toc & 0xFF) >> 3;
        if (config < 12) {
            int size = config & 3;
            return size == 3 ? 2880 : 480 << size;
        }
        if (config < 16) {
            return 480 << (config & 1);
        }
        return 120 << (config & 3);
    }

    /** True when the encoder took the first frame for voice; what is not of its speech coder always counts as such. */
    public static boolean hasVoice(byte[] packet, int offset, int length) {
        if ((packet[offset] & 0xFF) >> 3 >= 16) {
            return true;
        }
        int start = firstFrame(packet, offset, length);
        int silkFrames = Math.max(1, frameTicks(packet[offset]) / 960);
        return start >= 0 && (packet[start] & 0xFF) >> (8 - silkFrames) != 0;
    }

    /** True when the first frame carries a second, coarser copy of the sound before it (LBRR). */
    public static boolean hasRedundancy(byte[] packet, int offset, int length) {
        int config = (packet[offset] & 0xFF) >> 3;
        if (config >= 16) {
            return false;
        }
        int start = firstFrame(packet, offset, length);
        if (start < 0) {
            return false;
        }
        int silkFrames = Math.max(1, frameTicks(packet[offset]) / 960);
        // One voice activity flag per SILK frame, then the redundancy flag; the same again for a second channel.
        boolean stereo = (packet[offset] & 4) != 0;
        int bits = packet[start] & 0xFF;
        boolean first = (bits >> (7 - silkFrames) & 1) != 0;
        return first || (stereo && (bits >> (6 - 2 * silkFrames) & 1) != 0);
    }

    private static int frames(byte[] packet, int offset, int length) {
        return switch (packet[offset] & 3) {
            case 0 -> 1;
            case 1 -> (length & 1) == 1 ? 2 : -1;
            case 2 -> length >= 2 ? 2 : -1;
            default -> length >= 2 ? packet[offset + 1] & 0x3F : -1;
        };
    }

    /** Where the first frame's bytes start, -1 when it has none. */
    private static int firstFrame(byte[] packet, int offset, int length) {
        int end = offset + length;
        int at = offset + 1;
        int code = packet[offset] & 3;
        if (code == 2) {
            at += lengthBytes(packet, at, end);
        } else if (code == 3) {
            int header = at < end ? packet[at++] : 0;
            boolean padded = (header & 0x40) != 0;
            while (padded && at < end) {
                padded = packet[at++] == (byte) 0xFF;
            }
            boolean variable = (header & 0x80) != 0;
            for (int frame = 1; variable && frame < (header & 0x3F); frame++) {
                at += lengthBytes(packet, at, end);
            }
        }
        return at < end ? at : -1;
    }

    private static int lengthBytes(byte[] packet, int at, int end) {
        return at < end && (packet[at] & 0xFF) >= 252 ? 2 : 1;
    }
}
