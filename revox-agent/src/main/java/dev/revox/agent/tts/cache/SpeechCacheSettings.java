package dev.revox.agent.tts.cache;

import java.time.Duration;

/**
 * How much sound of fixed texts an agent keeps.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param mostBytes of samples and texts together; 0 keeps nothing
 * @param unusedFor what nobody has asked for in this time is forgotten
 */
public record SpeechCacheSettings(long mostBytes, Duration unusedFor) {

    /** 64 MiB, a bit more than 20 minutes of speech at 24 kHz, each text for an hour after its last use. */
    public static final SpeechCacheSettings DEFAULT = new SpeechCacheSettings(64L << 20, Duration.ofHours(1));

    /** Every call has its fixed texts made anew. */
    public static final SpeechCacheSettings OFF = new SpeechCacheSettings(0, Duration.ZERO);

    public SpeechCacheSettings {
        if (mostBytes < 0 || unusedFor.isNegative()) {
            throw new IllegalArgumentException("speech cache: neither mostBytes nor unusedFor may be negative");
        }
    }

    /** Whether anything is kept at all. */
    public boolean isOff() {
        return mostBytes == 0 || unusedFor.isZero();
    }
}
