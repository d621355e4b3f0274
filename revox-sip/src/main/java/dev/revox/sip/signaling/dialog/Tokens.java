package dev.revox.sip.signaling.dialog;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Tags, branches, Call-IDs and cnonces that nobody can guess (RFC 3261 §19.3: at least 32 random bits). <b>Thread:</b> Thread-safe. */
public final class Tokens {

    private final SecureRandom random = new SecureRandom();

    /** 96 random bits in hexadecimal. */
    public String next() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A Via branch with the magic cookie (RFC 3261 §8.1.1.7). */
    public String branch() {
        return "z9hG4bK" + next();
    }

    /** A number from {@code least} on, below {@code bound}. */
    public int between(int least, int bound) {
        return random.nextInt(least, bound);
    }

    /** A number for {@code o=} in a session description. */
    public long sessionId() {
        return random.nextLong() >>> 2;
    }
}
