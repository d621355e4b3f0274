package dev.revox.audio.vad.level;

/**
 * The question whether a window is so quiet, after others as quiet, that a network need not judge it.
 *
 * <p>Whoever is called is silent for half of a call, and a network costs as much for silence as for speech. A window is passed
 * over when none of its quarters is more than {@value #MARGIN_DB} dB above the line's own noise or above {@value
 * #SURELY_SILENT_DBOV} dBov, and {@value #QUIET_WINDOWS} such windows that the network took for silence came before it. The
 * noise is learnt from what the network took for silence alone, so that a long loud sentence cannot raise it and hide a soft
 * one.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing.
 */
public final class SilenceGate {

    private static final int QUARTERS = 4;
    private static final int QUIET_WINDOWS = 8;
    private static final float MARGIN_DB = 6f;
    private static final float SURELY_SILENT_DBOV = -65f;
    private static final float SURELY_NO_SPEECH = 0.1f;
    private static final float FIRST_NOISE_DBOV = -60f;
    private static final float LEAST_NOISE_DBOV = -90f;
    private static final float FALL = 0.3f;
    private static final float RISE_DB_PER_WINDOW = 0.02f;

    private float noiseDbov = FIRST_NOISE_DBOV;
    private float levelDbov;
    private boolean quiet;
    private int quietWindows;

    /** Looks at the next window. */
    public boolean passesOver(short[] pcm, int offset, int samples) {
        levelDbov = Level.SILENCE_DBOV;
        for (int i = 0; i < QUARTERS; i++) {
            int from = samples * i / QUARTERS;
            levelDbov = Math.max(levelDbov, Level.dbov(pcm, offset + from, samples * (i + 1) / QUARTERS - from));
        }
        quiet = levelDbov < Math.max(SURELY_SILENT_DBOV, noiseDbov + MARGIN_DB);
        if (!quiet) {
            quietWindows = 0;
        }
        boolean passedOver = quiet && quietWindows >= QUIET_WINDOWS;
        if (passedOver) {
            // A line may be found quieter without the network's word, but never louder.
            followDown();
        }
        return passedOver;
    }

    /** What the network thought of the window that was not passed over. */
    public void judged(float probability) {
        if (probability >= SURELY_NO_SPEECH) {
            quietWindows = 0;
            return;
        }
        quietWindows += quiet ? 1 : 0;
        if (levelDbov >= noiseDbov) {
            noiseDbov += RISE_DB_PER_WINDOW;
        }
        followDown();
    }

    private void followDown() {
        if (levelDbov < noiseDbov) {
            noiseDbov = Math.max(LEAST_NOISE_DBOV, noiseDbov + FALL * (levelDbov - noiseDbov));
        }
    }
}
