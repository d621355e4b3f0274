package dev.revox.audio.jitter;

/**
 * Distances between numbers that wrap: sequence numbers of 16 bits, timestamps of 32.
 *
 * <p>A distance is signed and the shorter way round; numbers exactly half the circle apart, which the RFC leaves undefined,
 * are taken for a step back.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 1982 §3.2.
 */
public final class SerialArithmetic {

    private SerialArithmetic() {}

    /** How far {@code to} lies ahead of {@code from}, -32768..32767; only the lower 16 bits of both count. */
    public static int distance16(int from, int to) {
        return (short) (to - from);
    }

    /** How far {@code to} lies ahead of {@code from} on the circle of 32 bits. */
    public static int distance32(int from, int to) {
        return to - from;
    }

    /** The number with these lower 16 bits that lies nearest to a reference. */
    public static long extend16(long reference, int lower) {
        return reference + distance16((int) reference, lower);
    }

    /** The number with these lower 32 bits that lies nearest to a reference. */
    public static long extend32(long reference, int lower) {
        return reference + distance32((int) reference, lower);
    }
}
