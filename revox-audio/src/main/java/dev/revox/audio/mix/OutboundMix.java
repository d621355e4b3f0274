package dev.revox.audio.mix;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is laid beneath one leg's outgoing speech: a background for the whole call, a sound while the agent thinks, and digits in
 * the place of everything where they are sent as sound.
 *
 * <p>Speech is never made quieter; only where the sum would leave the range is it bent, beginning at three quarters of it. The
 * sound of thinking is gone by the end of the frame in which speech begins.
 *
 * <p><b>Thread:</b> Confined to the media loop; a frame allocates nothing.
 */
public final class OutboundMix {

    static final int BACKGROUND_FADE_MS = 500;
    static final int THINKING_FADE_MS = 150;
    static final int SPEECH_FADE_MS = 20;

    private static final int MAX_FRAME_SAMPLES = 48 * 60;
    private static final int KNEE = 24_576;
    private static final int ROOM = Short.MAX_VALUE - KNEE;

    private final Layer background = new Layer();
    private final Layer thinking = new Layer();
    private final InBandDigits digits = new InBandDigits();
    private final int[] sum = new int[MAX_FRAME_SAMPLES];
    private @Nullable LiveLayer live;

    /** Plays under the whole call from now on. */
    public void background(Clip clip, double volume) {
        background.play(clip, volume, BACKGROUND_FADE_MS);
    }

    /** Plays until speech begins or {@link #thoughtOver}. */
    public void thinking(Clip clip, double volume) {
        thinking.play(clip, volume, THINKING_FADE_MS);
    }

    /** There is nothing to think about any more, and nothing to say. */
    public void thoughtOver() {
        thinking.leave(THINKING_FADE_MS);
    }

    /** Lays somebody else's speech over everything from now on, as loud as it is; null ends it. */
    public void live(@Nullable LiveSound sound) {
        live = sound == null ? null : new LiveLayer(sound);
    }

    /** True while a clip plays. */
    public boolean playing() {
        return background.playing() || thinking.playing();
    }

    /** Adds what {@link #live} has for this frame, behind {@link #finish}. */
    public void addLive(short[] frame, int samples, int rateHz, long nowNanos) {
        LiveLayer layer = live;
        if (layer != null && !digits.busy()) {
            layer.add(frame, samples, rateHz, nowNanos);
        }
    }

    /** Queues a digit, or {@code w} for a wait. @return false when it is neither, or too many wait */
    public boolean queueDigit(char digit) {
        return digits.queue(digit);
    }

    /** True while the line belongs to digits: what is to be said waits. */
    public boolean takesLine() {
        return digits.busy();
    }

    /**
     * Finishes a frame of the line.
     *
     * @param speechSamples how much of it is speech; the rest is silence
     */
    public void finish(short[] frame, int speechSamples, int samples, int rateHz) {
        if (digits.busy()) {
            digits.fill(frame, samples, rateHz);
            return;
        }
        if (speechSamples > 0) {
            thinking.leave(Math.min(SPEECH_FADE_MS, samples * 1000 / rateHz));
        }
        if (!playing()) {
            return;
        }
        Arrays.fill(sum, 0, samples, 0);
        background.add(sum, samples, rateHz);
        thinking.add(sum, samples, rateHz);
        for (int i = 0; i < samples; i++) {
            frame[i] = limited(frame[i] + sum[i]);
        }
    }

    /** Straight up to the knee, then ever flatter towards the end of the range. */
    static short limited(int value) {
        int size = Math.abs(value);
        if (size <= KNEE) {
            return (short) value;
        }
        int over = size - KNEE;
        int bent = KNEE + (int) ((long) over * ROOM / (over + ROOM));
        return (short) (value < 0 ? -bent : bent);
    }
}
