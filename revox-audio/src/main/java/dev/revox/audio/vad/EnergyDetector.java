package dev.revox.audio.vad;

import dev.revox.audio.vad.level.Level;

/**
 * A judgement by loudness alone: how far is this window above the line's own noise?
 *
 * <p>The noise floor follows quiet windows down at once and creeps up slowly, so that a long sentence does not become its
 * own floor. It takes music, keys and coughs for speech: it is what remains when no network is there.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class EnergyDetector {

    private static final int WINDOW_MS = 32;

    /** A window this much above the floor is as likely speech as not. */
    private static final float MARGIN_DB = 10f;

    private static final float SLOPE_DB = 2f;

    /** Nothing below this is taken for speech, however quiet the line is. */
    private static final float LEAST_SPEECH_DBOV = -50f;

    private static final float FIRST_FLOOR_DBOV = -60f;
    private static final float LOWEST_FLOOR_DBOV = -75f;
    private static final float RISE_DB_PER_WINDOW = 0.03f;
    private static final float FALL = 0.3f;

    private final int rateHz;
    private float floorDbov = FIRST_FLOOR_DBOV;

    EnergyDetector(int rateHz) {
        this.rateHz = rateHz;
    }

    int windowSamples() {
        return rateHz / 1000 * WINDOW_MS;
    }

    /** Judges the next window of the stream: 0..1. */
    float probability(short[] pcm, int offset) {
        float level = Level.dbov(pcm, offset, windowSamples());
        float probability = 0f;
        if (level >= LEAST_SPEECH_DBOV) {
            probability = (float) (1 / (1 + Math.exp((floorDbov + MARGIN_DB - level) / SLOPE_DB)));
        }
        follow(level);
        return probability;
    }

    private void follow(float levelDbov) {
        if (levelDbov < floorDbov) {
            floorDbov = Math.max(LOWEST_FLOOR_DBOV, floorDbov + FALL * (levelDbov - floorDbov));
        } else {
            floorDbov += RISE_DB_PER_WINDOW;
        }
    }
}
