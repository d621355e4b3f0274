package dev.revox.audio.vad;

import dev.revox.audio.vad.level.Level;

/**
 * How loud speech and noise are, and where sound began and fell, block of about 10 ms by block.
 *
 * <p>Loud is what is well above the noise and not far below the speech; faint is what is above the noise alone: the end of a word that
 * fades ("office"), which a recogniser still hears.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing. <b>Units:</b> samples at the detector's rate.
 */
final class SpeechLevels {

    private static final float ABOVE_NOISE_DB = 6f;
    private static final float BELOW_SPEECH_DB = 30f;
    private static final float NOISE_SMOOTHING = 0.1f;
    private static final float SPEECH_DECAY_DB_PER_BLOCK = 0.05f;
    private static final float FIRST_NOISE_DBOV = -60f;
    /** People who finish let their voice sink; a stop within a word cuts it off at its loudest. */
    private static final float FADED_DB = 12f;

    private static final float TAIL_SMOOTHING = 0.6f;
    /** Sound that is away for so long is another sound. */
    private static final int ONSET_GAP_MS = 20;

    private final long onsetGapSamples;

    private float noiseDbov;
    private float speechDbov;
    /** How loud the last loud sound was. */
    private float tailDbov;

    private long loudStart;
    private long loudEnd;
    private long faintEnd;

    SpeechLevels(int sampleRateHz) {
        onsetGapSamples = (long) sampleRateHz / 1000 * ONSET_GAP_MS;
        reset();
    }

    /** A block that just came; its window is not judged yet. */
    void hear(float dbov, long start, long end) {
        if (dbov >= loudness()) {
            tailDbov += TAIL_SMOOTHING * (dbov - tailDbov);
            loud(start, end);
        }
        if (dbov >= noiseDbov + ABOVE_NOISE_DB) {
            faintEnd = Math.max(faintEnd, end);
        }
    }

    /** A block of a window that was judged to be speech, or to be nothing but noise, or neither. */
    void judged(float dbov, long start, long end, boolean voiced, boolean noise) {
        if (voiced) {
            speechDbov = Math.max(dbov, speechDbov - SPEECH_DECAY_DB_PER_BLOCK);
        } else if (noise) {
            noiseDbov += NOISE_SMOOTHING * (dbov - noiseDbov);
        }
        if (dbov >= loudness()) {
            loud(start, end);
        }
    }

    /** The voice had sunk when its sound was last loud. */
    boolean faded() {
        return tailDbov < speechDbov - FADED_DB;
    }

    /** Where the latest loud sound began. */
    long loudStart() {
        return loudStart;
    }

    /** Where the latest loud sound ended. */
    long loudEnd() {
        return loudEnd;
    }

    /** Where the latest sound ended that was not noise. */
    long faintEnd() {
        return faintEnd;
    }

    /** Speech is over: the next one may be as soft as it likes. */
    void forgetSpeech() {
        speechDbov = Level.SILENCE_DBOV;
    }

    void reset() {
        noiseDbov = FIRST_NOISE_DBOV;
        speechDbov = Level.SILENCE_DBOV;
        tailDbov = Level.SILENCE_DBOV;
        loudStart = 0;
        loudEnd = 0;
        faintEnd = 0;
    }

    private float loudness() {
        return Math.max(noiseDbov + ABOVE_NOISE_DB, speechDbov - BELOW_SPEECH_DB);
    }

    private void loud(long start, long end) {
        if (start - loudEnd > onsetGapSamples) {
            loudStart = start;
        }
        loudEnd = Math.max(loudEnd, end);
    }
}
