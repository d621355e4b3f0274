package dev.revox.media.recording;

import java.util.Arrays;

/**
 * A secret of 256 bits that seals recordings. Each file is sealed with a key of its own that is derived from it.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class RecordingKey {

    /** Length of a key: {@value} bytes. */
    public static final int BYTES = 32;

    private final byte[] secret;

    private RecordingKey(byte[] secret) {
        this.secret = secret;
    }

    /** Of {@value #BYTES} random bytes; they are copied. */
    public static RecordingKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a recording key has " + BYTES + " bytes, not " + secret.length);
        }
        return new RecordingKey(secret.clone());
    }

    /** A copy of the secret. */
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordingKey key && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return RecordingKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "RecordingKey[hidden]";
    }
}
