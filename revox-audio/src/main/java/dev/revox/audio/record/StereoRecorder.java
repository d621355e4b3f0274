package dev.revox.audio.record;

import dev.revox.media.recording.RecordingTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one call: the other side on the left, our side on the right, aligned by sample time.
 *
 * <p>Sound lies in the file where its time says, whatever order or lateness it came in: silence fills what is missing, what
 * overlaps or comes more than {@value #LEAD_MS} ms after the other side's is dropped and counted. The media loop only copies
 * into rings of fixed size and now and then wakes the {@link RecordingWriter}; a slow disk costs sound in the file, a full
 * one ends the recording, and neither touches the call.
 *
 * <p><b>Thread:</b> {@link #otherSide} and {@link #ourSide} are confined to the media loop; the rest is thread-safe.
 * <b>Units:</b> samples at the recording's rate since its start.
 */
public final class StereoRecorder implements AutoCloseable {

    private static final int LEAD_MS = 1000;

    /** A time this far beyond all that was recorded is a mistake and not silence: {@value} s. */
    private static final int MAX_JUMP_SECONDS = 600;

    /** The writer is woken when this much waits. */
    private static final int WAKE_PIECES = 40;

    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int BLOCK_SAMPLES = 4000;

    private final RecordingTarget target;
    private final int sampleRateHz;
    private final Runnable wakeWriter;
    private final SideRing left;
    private final SideRing right;
    private final CompletableFuture<Path> finished = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile @Nullable String failure;
    private volatile long droppedSamples;

    /** Recording thread only. */
    private @Nullable RecordingFile out;

    private final short[] block = new short[2 * BLOCK_SAMPLES];
    private long recorded;

    /** {@code wakeWriter} has {@link #write()} called soon, on the recording thread. */
    StereoRecorder(RecordingTarget target, int sampleRateHz, Runnable wakeWriter) {
        this.target = target;
        this.sampleRateHz = sampleRateHz;
        this.wakeWriter = wakeWriter;
        left = new SideRing(sampleRateHz);
        right = new SideRing(sampleRateHz);
    }

    /** Takes what the other side said. Time before 0 is left out. */
    public void otherSide(short[] pcm, int offset, int samples, long sampleTime) {
        take(left, pcm, offset, samples, sampleTime);
    }

    /** Takes what we sent. Time before 0 is left out. */
    public void ourSide(short[] pcm, int offset, int samples, long sampleTime) {
        take(right, pcm, offset, samples, sampleTime);
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    public Path file() {
        return target.file();
    }

    /** Why the recording stopped before its end, if it did. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Samples that are not in the file because the disk was too slow or their time made no sense. */
    public long droppedSamples() {
        return droppedSamples;
    }

    /** Completes with the file once it is whole; exceptionally when it failed. */
    public CompletableFuture<Path> finished() {
        return finished.copy();
    }

    /** Ends the recording. Returns at once; the rest is written by the recording thread. */
    @Override
    public void close() {
        closing = true;
        wakeWriter.run();
    }

    private void take(SideRing ring, short[] pcm, int offset, int samples, long sampleTime) {
        if (closing || failure != null) {
            return;
        }
        int skip = (int) Math.min(samples, Math.max(0, -sampleTime));
        long limit = Math.max(left.end(), right.end()) + (long) MAX_JUMP_SECONDS * sampleRateHz;
        int taken = sampleTime > limit ? 0 : ring.write(pcm, offset + skip, samples - skip, sampleTime + skip);
        drop(samples - skip - taken);
        if (ring.waiting() >= WAKE_PIECES) {
            wakeWriter.run();
        }
    }

    private void drop(int samples) {
        if (samples > 0) {
            // One writer: the media loop.
            long before = droppedSamples;
            droppedSamples = before + samples;
        }
    }

    /** Writes what can be written. Recording thread only. Returns false once there is nothing more to do, ever. */
    boolean write() {
        boolean last = closing;
        if (failure == null) {
            try {
                RecordingFile file = open();
                writeUpTo(last ? latest() : bothOrLead(), file);
                if (last) {
                    file.close();
                } else {
                    file.keep();
                }
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        }
        if (last && failure == null) {
            finished.complete(target.file());
        }
        return !last;
    }

    private void fail(Exception e) {
        failure = "recording stopped: " + e.getMessage();
        if (out != null) {
            try {
                out.close();
            } catch (IOException | RuntimeException closed) {
                // The thread has other recordings to write.
                e.addSuppressed(closed);
            }
        }
        finished.completeExceptionally(e);
    }

    private RecordingFile open() throws IOException {
        if (out == null) {
            out = RecordingFile.create(target, sampleRateHz);
        }
        return out;
    }

    private long latest() {
        return Math.max(left.end(), right.end());
    }

    private long bothOrLead() {
        long both = Math.min(left.end(), right.end());
        return Math.max(both, latest() - (long) LEAD_MS * sampleRateHz / 1000);
    }

    private void writeUpTo(long goal, RecordingFile file) throws IOException {
        while (recorded < goal) {
            int count = (int) Math.min(BLOCK_SAMPLES, goal - recorded);
            Arrays.fill(block, 0, 2 * count, (short) 0);
            left.copy(block, LEFT, recorded, count);
            right.copy(block, RIGHT, recorded, count);
            file.append(block, count);
            recorded += count;
        }
    }
}
