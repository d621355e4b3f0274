package dev.revox.audio.tone.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A tone as it is described: steps of up to two frequencies or silence, once or again and again.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param repeats whether the first step follows the last
 */
public record TonePattern(List<Step> steps, boolean repeats) {

    /**
     * A stretch of one sound.
     *
     * @param lowHz 0 for silence
     * @param highHz 0 for a single frequency
     * @param lowDbov level of the first frequency; 0 is a square wave that fills the range, so a full sine is -3
     */
    public record Step(double lowHz, double lowDbov, double highHz, double highDbov, int durationMs) {
        public Step {
            if (durationMs <= 0) {
                throw new IllegalArgumentException("durationMs must be positive, was " + durationMs);
            }
        }
    }

    public TonePattern {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a pattern has at least one step");
        }
    }

    /** One frequency, once. */
    public static TonePattern single(double hz, double levelDbov, int durationMs) {
        return new TonePattern(List.of(new Step(hz, levelDbov, 0, 0, durationMs)), false);
    }

    /** Silence. */
    public static TonePattern silence(int durationMs) {
        return single(0, 0, durationMs);
    }

    /** A tone that comes and goes for ever: on, off, on, off ms. */
    public static TonePattern cadence(double lowHz, double highHz, double levelDbov, int... onOffMs) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < onOffMs.length; i++) {
            boolean on = i % 2 == 0;
            steps.add(new Step(on ? lowHz : 0, levelDbov, on ? highHz : 0, levelDbov, onOffMs[i]));
        }
        return new TonePattern(steps, true);
    }

    /** This pattern and then another one. */
    public TonePattern then(TonePattern next) {
        List<Step> both = new ArrayList<>(steps);
        both.addAll(next.steps);
        return new TonePattern(both, next.repeats);
    }
}
