package dev.revox.media;

/**
 * How the samples of a piece of sound are written: one channel, an encoding and a sampling rate.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record MediaFormat(Encoding encoding, int sampleRateHz) {

    /** The written form of one sample. */
    public enum Encoding {
        /** Signed 16 bit, little endian where it is bytes. */
        PCM_S16,
        /** G.711 µ-law. */
        PCMU,
        /** G.711 A-law. */
        PCMA
    }

    public MediaFormat {
        if (sampleRateHz < 8000 || sampleRateHz > 48000) {
            throw new IllegalArgumentException("sampleRateHz must be within 8000..48000, was " + sampleRateHz);
        }
    }

    /** Linear PCM at a rate. */
    public static MediaFormat pcm(int sampleRateHz) {
        return new MediaFormat(Encoding.PCM_S16, sampleRateHz);
    }

    /** Microseconds of media in a number of samples, rounded down. */
    public long microsOf(long samples) {
        return samples * 1_000_000L / sampleRateHz;
    }

    /** Samples in a number of microseconds of media, rounded down. */
    public long samplesIn(long micros) {
        return micros * sampleRateHz / 1_000_000L;
    }
}
