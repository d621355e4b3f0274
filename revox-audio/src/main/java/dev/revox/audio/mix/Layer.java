package dev.revox.audio.mix;

import org.jspecify.annotations.Nullable;

/**
 * One clip that plays round and round beneath everything else, with a volume that moves without a step.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing.
 */
final class Layer {

    private @Nullable Clip clip;
    private float gain;
    private float target;
    private float gainPerMs;

    /** In samples at 8 kHz, so that a change of the line's rate is not heard. */
    private int position;

    private boolean leaving;

    /** Fades a clip in; one that plays already is replaced. */
    void play(Clip next, double volume, int fadeMs) {
        if (clip != next) {
            position = 0;
            gain = 0;
        }
        clip = next;
        leaving = false;
        moveTo((float) volume, fadeMs);
    }

    /** Fades out and then is over. */
    void leave(int fadeMs) {
        if (clip != null && !leaving) {
            leaving = true;
            moveTo(0, fadeMs);
        }
    }

    private void moveTo(float volume, int fadeMs) {
        target = volume;
        gainPerMs = Math.abs(target - gain) / fadeMs;
    }

    boolean playing() {
        return clip != null;
    }

    /** Adds the next samples. */
    void add(int[] sum, int samples, int rateHz) {
        Clip current = clip;
        if (current == null) {
            return;
        }
        short[] sound = current.at(rateHz);
        int perSample8kHz = sound.length / current.samplesAt8kHz();
        float step = gainPerMs * 1000 / rateHz;
        int at = position * perSample8kHz;
        for (int i = 0; i < samples; i++) {
            gain = gain < target ? Math.min(target, gain + step) : Math.max(target, gain - step);
            sum[i] += Math.round(gain * sound[at]);
            at = at + 1 == sound.length ? 0 : at + 1;
        }
        position = at / perSample8kHz;
        if (leaving && gain == 0) {
            clip = null;
        }
    }
}
