package dev.revox.sip.sdes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A master key with its salt, and the suite it is for. Shows neither. <b>Thread:</b> Immutable. */
public final class SrtpKey {

    private final SrtpSuite suite;
    private final byte[] keyAndSalt;

    private SrtpKey(SrtpSuite suite, byte[] keyAndSalt) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
    }

    /**
     * A new one.
     *
     * @param random a secure source
     */
    public static SrtpKey random(SrtpSuite suite, RandomGenerator random) {
        byte[] bytes = new byte[SrtpSuite.KEY_BYTES + suite.saltBytes()];
        random.nextBytes(bytes);
        return new SrtpKey(suite, bytes);
    }

    /** From the text after {@code inline:}; empty when it is no base64 of the suite's length. */
    public static Optional<SrtpKey> parse(SrtpSuite suite, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == SrtpSuite.KEY_BYTES + suite.saltBytes()
                    ? Optional.of(new SrtpKey(suite, bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public SrtpSuite suite() {
        return suite;
    }

    /** The master key itself, in a new array. */
    public byte[] masterKey() {
        return Arrays.copyOf(keyAndSalt, SrtpSuite.KEY_BYTES);
    }

    /** The master salt, in a new array. */
    public byte[] masterSalt() {
        return Arrays.copyOfRange(keyAndSalt, SrtpSuite.KEY_BYTES, keyAndSalt.length);
    }

    /** The secret itself, for the session description only. */
    String base64() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey key && key.suite == suite && MessageDigest.isEqual(key.keyAndSalt, keyAndSalt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyAndSalt);
    }

    @Override
    public String toString() {
        return "SrtpKey(" + suite + ")";
    }
}
