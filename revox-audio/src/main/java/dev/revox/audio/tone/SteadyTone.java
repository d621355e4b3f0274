package dev.revox.audio.tone;

/**
 * Follows the one frequency that sound consists of, while it is one.
 *
 * <p>Each 20 ms are looked at as two halves by filters 80 Hz apart; the best one's phase from half to half tells the frequency
 * to about a hertz. A tone goes on as long as its frequency stays within 1 % and its level within 6 dB; one bad frame is forgiven.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing. <b>Units:</b> samples at 8 kHz.
 */
final class SteadyTone {

    /** What becomes of tones. */
    interface Sink {
        /** The tone has lasted so long by now; told with every frame. */
        void onGoing(int hz, int durationMs);

        /** The tone is over. */
        void onEnded(int hz, int durationMs);
    }

    static final int FRAME = 160;
    static final int FRAME_MS = 20;

    private static final int RATE_HZ = 8000;
    private static final int HALF = FRAME / 2;
    private static final int LOWEST_HZ = 400;
    private static final int HIGHEST_HZ = 2150;
    private static final int SPACING_HZ = 80;
    private static final int FILTERS = 24;

    /** -46 dBov. */
    private static final double LEAST_POWER = 165.0 * 165;

    private static final double LEAST_SHARE = 0.8;
    private static final double SPREAD = 0.01;
    private static final double LEVEL_SPREAD = 4;

    private final Sink sink;
    private final Goertzel[] bank = new Goertzel[FILTERS];
    private final float[] frame = new float[FRAME];
    private final double[] firstPower = new double[bank.length];
    private int filled;

    private int frames;
    private int missed;
    private double meanHz;
    private double level;
    private double frameHz;
    private double framePower;

    SteadyTone(Sink sink) {
        this.sink = sink;
        for (int i = 0; i < bank.length; i++) {
            bank[i] = new Goertzel(LOWEST_HZ + i * SPACING_HZ, RATE_HZ);
        }
    }

    void accept(short[] pcm, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            frame[filled++] = pcm[i];
            if (filled == FRAME) {
                filled = 0;
                judge();
            }
        }
    }

    /** Sound is missing here. */
    void interrupt() {
        filled = 0;
        end();
    }

    /** True while a tone may be on, from its first frame. */
    boolean going() {
        return frames > 0;
    }

    private void judge() {
        if (!single()) {
            missed++;
            if (missed > 1) {
                end();
            }
            return;
        }
        boolean same = frames > 0
                && Math.abs(frameHz - meanHz) <= SPREAD * meanHz
                && framePower < LEVEL_SPREAD * level
                && level < LEVEL_SPREAD * framePower;
        if (!same && frames == 1 && Math.abs(frameHz - meanHz) <= SPREAD * meanHz) {
            // The first frame held only the beginning.
            same = true;
            level = framePower;
        }
        if (!same) {
            end();
        }
        if (frames == 0) {
            meanHz = frameHz;
            level = framePower;
            missed = 0;
        }
        frames += 1 + missed;
        missed = 0;
        meanHz += (frameHz - meanHz) / Math.min(frames, 10);
        sink.onGoing((int) Math.round(meanHz), frames * FRAME_MS);
    }

    private void end() {
        if (frames > 0) {
            int heard = frames;
            frames = 0;
            missed = 0;
            sink.onEnded((int) Math.round(meanHz), heard * FRAME_MS);
        }
    }

    /** Whether the frame is one frequency, and which. */
    private boolean single() {
        double energy = 0;
        for (float value : frame) {
            energy += value * value;
        }
        energy /= FRAME;
        if (energy < LEAST_POWER) {
            return false;
        }
        int best = strongest();
        bank[best].look(frame, 0, HALF);
        double before = bank[best].phase();
        bank[best].look(frame, HALF, HALF);
        double offset = bank[best].offset(before, HALF);
        double visible = visible(offset);
        framePower = (firstPower[best] + bank[best].power(HALF)) / 2 / visible;
        frameHz = LOWEST_HZ + best * SPACING_HZ + offset * RATE_HZ;
        return framePower > LEAST_SHARE * energy && frameHz > LOWEST_HZ * (1 - SPREAD) && frameHz < HIGHEST_HZ;
    }

    private int strongest() {
        for (int i = 0; i < bank.length; i += 4) {
            Goertzel.lookFour(bank, i, frame, 0, HALF);
        }
        for (int i = 0; i < bank.length; i++) {
            firstPower[i] = bank[i].power(HALF);
        }
        int best = 0;
        double most = 0;
        for (int i = 0; i < bank.length; i += 4) {
            Goertzel.lookFour(bank, i, frame, HALF, HALF);
        }
        for (int i = 0; i < bank.length; i++) {
            double both = firstPower[i] + bank[i].power(HALF);
            if (both > most) {
                most = both;
                best = i;
            }
        }
        return best;
    }

    private static double visible(double offset) {
        double x = Math.PI * offset * HALF;
        double sinc = Math.abs(x) < 1e-6 ? 1 : Math.sin(x) / x;
        return sinc * sinc;
    }
}
