package dev.revox.audio.tone.pattern;

import dev.revox.media.FrameSource;
import java.util.Arrays;

/**
 * A pattern of tones as sound.
 *
 * <p><b>Thread:</b> Confined to its reader; reading allocates nothing.
 */
public final class ToneSource implements FrameSource {

    private final TonePattern pattern;
    private final int rateHz;
    private int step;
    private int position;
    private double lowAmplitude;
    private double highAmplitude;
    private double lowTurn;
    private double highTurn;
    private double lowPhase;
    private double highPhase;
    private int length;

    /** Sound at {@code rateHz}. */
    public ToneSource(TonePattern pattern, int rateHz) {
        this.pattern = pattern;
        this.rateHz = rateHz;
        begin();
    }

    /** The whole of a pattern that ends, or as much of one that does not. */
    public static short[] sound(TonePattern pattern, int rateHz, int atMostMs) {
        short[] pcm = new short[atMostMs * (rateHz / 1000)];
        int read = Math.max(0, new ToneSource(pattern, rateHz).read(pcm, 0, pcm.length));
        return Arrays.copyOf(pcm, read);
    }

    /** The peak of a sine of a level. */
    static double amplitude(double dbov) {
        return Short.MAX_VALUE * Math.sqrt(2) * Math.pow(10, dbov / 20);
    }

    private void begin() {
        TonePattern.Step now = pattern.steps().get(step);
        lowAmplitude = now.lowHz() > 0 ? amplitude(now.lowDbov()) : 0;
        highAmplitude = now.highHz() > 0 ? amplitude(now.highDbov()) : 0;
        lowTurn = 2 * Math.PI * now.lowHz() / rateHz;
        highTurn = 2 * Math.PI * now.highHz() / rateHz;
        length = (int) ((long) now.durationMs() * rateHz / 1000);
        position = 0;
    }

    /** True when all steps are over; never for a pattern that repeats. */
    public boolean ended() {
        return step == pattern.steps().size();
    }

    @Override
    public int read(short[] into, int offset, int maxSamples) {
        int done = 0;
        while (done < maxSamples && !ended()) {
            if (position == length) {
                next();
                continue;
            }
            double value = lowAmplitude * Math.sin(lowPhase) + highAmplitude * Math.sin(highPhase);
            into[offset + done++] = (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
            lowPhase = turned(lowPhase, lowTurn);
            highPhase = turned(highPhase, highTurn);
            position++;
        }
        return done == 0 && maxSamples > 0 ? -1 : done;
    }

    private static double turned(double phase, double by) {
        double next = phase + by;
        return next > 2 * Math.PI ? next - 2 * Math.PI : next;
    }

    private void next() {
        step++;
        if (ended() && pattern.repeats()) {
            step = 0;
        }
        if (!ended()) {
            begin();
        }
    }
}
