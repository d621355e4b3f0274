package dev.revox.audio.record;

import dev.revox.media.recording.RecordingTarget;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that writes all recordings of an engine to disk.
 *
 * <p>It sleeps until a recorder that has gathered enough, or is closed, unparks it; the media loops never wait for it.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RecordingWriter implements AutoCloseable {

    private final ConcurrentLinkedQueue<StereoRecorder> recorders = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Runnable wake = this::wake;
    private volatile boolean closing;

    private RecordingWriter() {
        thread = Thread.ofPlatform().daemon().name("revox-recording").unstarted(this::run);
    }

    /** Starts the thread. */
    public static RecordingWriter start() {
        RecordingWriter writer = new RecordingWriter();
        writer.thread.start();
        return writer;
    }

    /**
     * Begins a recording; the file is created by the recording thread.
     *
     * @param sampleRateHz 8000 or 16000; both sides are given at this rate
     */
    public StereoRecorder record(RecordingTarget target, int sampleRateHz) {
        if (sampleRateHz != 8000 && sampleRateHz != 16_000) {
            throw new IllegalArgumentException("sampleRateHz must be 8000 or 16000, was " + sampleRateHz);
        }
        if (closing) {
            throw new IllegalStateException("the recording thread has been closed");
        }
        StereoRecorder recorder = new StereoRecorder(target, sampleRateHz, wake);
        recorders.add(recorder);
        wake();
        return recorder;
    }

    /** Ends all recordings and the thread; returns when everything is on disk. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            // The thread goes on and finishes the files; whoever interrupted us does not want to wait for that.
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (true) {
            boolean last = closing;
            for (Iterator<StereoRecorder> all = recorders.iterator(); all.hasNext(); ) {
                StereoRecorder recorder = all.next();
                if (last) {
                    recorder.close();
                }
                if (!recorder.write()) {
                    all.remove();
                }
            }
            if (last) {
                return;
            }
            LockSupport.park(this);
        }
    }
}
