package dev.revox.audio.ring;

import dev.revox.media.FrameSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one segment of agent speech, on their way from a provider to the mouth.
 *
 * <p>A linked list of chunks with one writer and one reader: the writer allocates, the reader only follows, so the media
 * loop neither allocates nor locks. It has no fixed size because a provider may send a long sentence faster than real time;
 * {@link #unreadSamples()} tells the writer when to ask the provider for a pause.
 *
 * <p><b>Thread:</b> One writer, one reader.
 */
public final class SpeechQueue implements FrameSource {

    private static final class Chunk {
        final short[] samples;
        volatile @Nullable Chunk next;

        Chunk(short[] samples) {
            this.samples = samples;
        }
    }

    private static final short[] NOTHING = new short[0];

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong readCount = new AtomicLong();
    private volatile boolean finished;

    /** Writer only. */
    private Chunk tail;

    /** Reader only. */
    private Chunk head;

    private int headOffset;

    public SpeechQueue() {
        Chunk empty = new Chunk(NOTHING);
        head = empty;
        tail = empty;
    }

    /** Appends a copy of the samples. Writer only. */
    public void write(short[] pcm, int offset, int samples) {
        if (samples == 0 || finished) {
            return;
        }
        short[] copy = new short[samples];
        System.arraycopy(pcm, offset, copy, 0, samples);
        Chunk chunk = new Chunk(copy);
        written.lazySet(written.get() + samples);
        tail.next = chunk;
        tail = chunk;
    }

    /** Nothing more will be written. Writer only. */
    public void finish() {
        finished = true;
    }

    /** Samples written so far. */
    public long writtenSamples() {
        return written.get();
    }

    /** Samples that wait for the reader. */
    public long unreadSamples() {
        return written.get() - readCount.get();
    }

    @Override
    public int read(short[] into, int offset, int maxSamples) {
        // Read before the list, so that "finished" is only believed when nothing was appended after it was looked at.
        boolean complete = finished;
        int done = 0;
        while (done < maxSamples) {
            int left = head.samples.length - headOffset;
            if (left == 0) {
                Chunk next = head.next;
                if (next == null) {
                    break;
                }
                head = next;
                headOffset = 0;
                continue;
            }
            int take = Math.min(left, maxSamples - done);
            System.arraycopy(head.samples, headOffset, into, offset + done, take);
            headOffset += take;
            done += take;
        }
        if (done > 0) {
            readCount.lazySet(readCount.get() + done);
            return done;
        }
        return complete ? -1 : 0;
    }
}
