package dev.revox.audio.ear;

import dev.revox.media.EarFrame;

/**
 * The sound around the answer, kept so that the first words are not lost: 200 ms before it, and what follows until readers had
 * time to open their ears.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> sample times at the line's rate, negative before the answer.
 */
public final class FirstWords {

    private static final int BEFORE_MS = 200;
    private static final int AFTER_MS = 2000;
    private static final int SLACK_MS = 130;
    private static final int MAX_FRAMES = 512;

    private final int rateHz;
    private final short[] samples;
    private final long[] times = new long[MAX_FRAMES];
    private final int[] lengths = new int[MAX_FRAMES];
    private final int[] flags = new int[MAX_FRAMES];
    private int frames;
    private int held;
    private boolean answered;

    public FirstWords(int rateHz) {
        this.rateHz = rateHz;
        samples = new short[rateHz / 1000 * (BEFORE_MS + AFTER_MS + 2 * SLACK_MS)];
    }

    /** The rate of the line when it was kept. */
    public int rateHz() {
        return rateHz;
    }

    /** Keeps a frame. @return false when this is over: nothing more is kept */
    public boolean keep(short[] pcm, int offset, int length, long sampleTime, int frameFlags) {
        if (answered && sampleTime > (long) rateHz / 1000 * AFTER_MS) {
            return false;
        }
        if (frames == MAX_FRAMES || held + length > samples.length) {
            return false;
        }
        System.arraycopy(pcm, offset, samples, held, length);
        times[frames] = sampleTime;
        lengths[frames] = length;
        flags[frames] = frameFlags;
        held += length;
        frames++;
        if (!answered) {
            dropOlderThan(sampleTime + length - (long) rateHz / 1000 * BEFORE_MS);
        }
        return true;
    }

    private void dropOlderThan(long oldest) {
        int gone = 0;
        int goneSamples = 0;
        while (gone < frames && times[gone] + lengths[gone] <= oldest) {
            goneSamples += lengths[gone++];
        }
        if (gone == 0) {
            return;
        }
        frames -= gone;
        held -= goneSamples;
        System.arraycopy(samples, goneSamples, samples, 0, held);
        System.arraycopy(times, gone, times, 0, frames);
        System.arraycopy(lengths, gone, lengths, 0, frames);
        System.arraycopy(flags, gone, flags, 0, frames);
    }

    /** The answer came: sample times so far move by this, and what is older than 200 ms goes. */
    public void answered(long shiftSamples) {
        answered = true;
        for (int i = 0; i < frames; i++) {
            times[i] -= shiftSamples;
        }
        dropOlderThan(-(long) rateHz / 1000 * BEFORE_MS);
    }

    /** Gives everything kept, in order. */
    public void replay(Listener listener) {
        int at = 0;
        for (int i = 0; i < frames; i++) {
            listener.onFrame(samples, at, lengths[i], times[i], flags[i] & ~(i == 0 ? EarFrame.GAP : 0));
            at += lengths[i];
        }
    }

    /** Who hears it again. */
    @FunctionalInterface
    public interface Listener {
        void onFrame(short[] pcm, int offset, int length, long sampleTime, int flags);
    }
}
