package dev.revox.audio.codec.g722;

/** The 16-bit arithmetic in which the recommendation is written. <b>Thread:</b> Thread-safe; functions. */
final class Fixed {
    private Fixed() {}

    /** Clipped to 16 bits. */
    static int clip(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** The product of two fractions of 15 bits. */
    static int product(int a, int b) {
        return (a * b) >> 15;
    }
}
