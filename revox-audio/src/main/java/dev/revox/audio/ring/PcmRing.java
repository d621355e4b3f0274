package dev.revox.audio.ring;

import dev.revox.media.EarFrame;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames of sound on their way from the media loop to one reader, each with its sample time and flags.
 *
 * <p>A full ring keeps what it has: new frames are dropped and counted, and the next frame that fits carries
 * {@link EarFrame#GAP}.
 *
 * <p><b>Thread:</b> One writer, one reader.
 */
public final class PcmRing {

    private static final int SAMPLES_PER_FRAME_SLOT = 64;

    private final short[] samples;
    private final int sampleMask;
    private final int[] lengths;
    private final int[] flags;
    private final long[] sampleTimes;
    private final int frameMask;

    private final AtomicLong framesWritten = new AtomicLong();
    private final AtomicLong framesRead = new AtomicLong();
    private final AtomicLong samplesRead = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Writer only. */
    private long samplesWritten;

    private boolean gapPending;
    private volatile boolean finished;

    /** @param capacitySamples a power of two, at least 1024 */
    public PcmRing(int capacitySamples) {
        if (Integer.bitCount(capacitySamples) != 1 || capacitySamples < 1024) {
            throw new IllegalArgumentException(
                    "capacitySamples must be a power of two of at least 1024, was " + capacitySamples);
        }
        samples = new short[capacitySamples];
        sampleMask = capacitySamples - 1;
        int frames = capacitySamples / SAMPLES_PER_FRAME_SLOT;
        lengths = new int[frames];
        flags = new int[frames];
        sampleTimes = new long[frames];
        frameMask = frames - 1;
    }

    /** Appends one frame, or drops it when there is no room. Writer only. */
    public boolean write(short[] pcm, int offset, int length, long sampleTime, int frameFlags) {
        long frame = framesWritten.get();
        boolean room =
                frame - framesRead.get() <= frameMask && samplesWritten + length - samplesRead.get() <= samples.length;
        if (!room) {
            dropped.lazySet(dropped.get() + length);
            gapPending = true;
            return false;
        }
        int at = (int) (samplesWritten & sampleMask);
        int first = Math.min(length, samples.length - at);
        System.arraycopy(pcm, offset, samples, at, first);
        System.arraycopy(pcm, offset + first, samples, 0, length - first);
        samplesWritten += length;
        int slot = (int) (frame & frameMask);
        lengths[slot] = length;
        flags[slot] = frameFlags | (gapPending ? EarFrame.GAP : 0);
        sampleTimes[slot] = sampleTime;
        gapPending = false;
        framesWritten.set(frame + 1);
        return true;
    }

    /** Nothing more will be written. Writer only. */
    public void finish() {
        finished = true;
    }

    /**
     * Takes one frame. Reader only.
     *
     * @return its samples, 0 when none waits, -1 after the last one of a finished ring
     */
    public int read(short[] into, int offset, EarFrame frame) {
        boolean complete = finished;
        long next = framesRead.get();
        if (next == framesWritten.get()) {
            return complete ? -1 : 0;
        }
        int slot = (int) (next & frameMask);
        int length = lengths[slot];
        int at = (int) (samplesRead.get() & sampleMask);
        int first = Math.min(length, samples.length - at);
        System.arraycopy(samples, at, into, offset, first);
        System.arraycopy(samples, 0, into, offset + first, length - first);
        frame.set(sampleTimes[slot], flags[slot]);
        samplesRead.lazySet(samplesRead.get() + length);
        framesRead.set(next + 1);
        return length;
    }

    /** Samples that were dropped because the reader was too slow. */
    public long droppedSamples() {
        return dropped.get();
    }
}
