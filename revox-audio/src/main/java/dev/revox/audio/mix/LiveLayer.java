package dev.revox.audio.mix;

import dev.revox.audio.resample.Resampler;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LiveSound} at the rate of the line.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates when a rate changes and never else.
 */
final class LiveLayer {
    private static final int MAX_FRAME_SAMPLES = 48 * 60;

    private final LiveSound sound;
    private final short[] read = new short[MAX_FRAME_SAMPLES];
    private final short[] atLineRate = new short[MAX_FRAME_SAMPLES + 8];
    private @Nullable Resampler resampler;
    private int fromHz;
    private int toHz;

    LiveLayer(LiveSound sound) {
        this.sound = sound;
    }

    void add(short[] frame, int samples, int lineHz, long nowNanos) {
        int soundHz = sound.sampleRateHz();
        int wanted = (int) ((long) samples * soundHz / lineHz);
        if (!sound.read(read, wanted, nowNanos)) {
            return;
        }
        if (resampler == null || soundHz != fromHz || lineHz != toHz) {
            resampler = new Resampler(soundHz, lineHz, MAX_FRAME_SAMPLES);
            fromHz = soundHz;
            toHz = lineHz;
        }
        int made = Math.min(samples, resampler.process(read, 0, wanted, atLineRate, 0));
        for (int i = 0; i < made; i++) {
            frame[i] = OutboundMix.limited(frame[i] + atLineRate[i]);
        }
    }
}
