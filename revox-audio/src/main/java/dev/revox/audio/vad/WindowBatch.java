package dev.revox.audio.vad;

import dev.revox.audio.onnx.OnnxModel;
import dev.revox.audio.onnx.OnnxRun;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Windows of several streams of one rate that wait to be judged at once.
 *
 * <p>The network's own work for a row falls by half when eight or more come together, because each run has a fixed price. With
 * few streams nothing would come along in the time that a window may wait, so then none waits.
 *
 * <p><b>Thread:</b> Confined to the media loop, but for the count of streams.
 */
final class WindowBatch {

    /** The most rows of one run: {@value}. */
    static final int MOST_ROWS = 16;

    /** With fewer streams waiting brings no company: each has a window in 32 ms, and 3 ms are waited for. */
    private static final int STREAMS_WORTH_WAITING = 24;

    private static final long LONGEST_WAIT_NANOS = VoiceActivityPanel.LONGEST_WAIT_MS * 1_000_000L;

    private final int rateHz;
    private final Rows[] runs = new Rows[MOST_ROWS + 1];
    private final SileroStream[] waiting = new SileroStream[MOST_ROWS];
    private final AtomicInteger streams = new AtomicInteger();
    private int count;
    private long oldestNanos;

    WindowBatch(OnnxModel model, int rateHz) {
        this.rateHz = rateHz;
        for (int rows = 1; rows <= MOST_ROWS; rows++) {
            runs[rows] = new Rows(model, rateHz, rows);
        }
    }

    /** A run of the network over so many rows, and its buffers. */
    private static final class Rows {
        final OnnxRun run;
        final FloatBuffer input;
        final FloatBuffer state;
        final FloatBuffer newState;
        final FloatBuffer output;

        Rows(OnnxModel model, int rateHz, int rows) {
            run = model.run()
                    .floatInput("input", rows, SileroStream.inputSamples(rateHz))
                    .floatInput("state", 2, rows, SileroStream.STATE_HALF)
                    .longInput("sr")
                    .floatOutput("output", rows, 1)
                    .floatOutput("stateN", 2, rows, SileroStream.STATE_HALF)
                    .build();
            input = run.floats("input");
            state = run.floats("state");
            newState = run.floats("stateN");
            output = run.floats("output");
            run.longs("sr").put(0, rateHz);
        }
    }

    int rateHz() {
        return rateHz;
    }

    void opened() {
        int unused = streams.incrementAndGet();
    }

    /** A stream has ended; its window gets no judgement. */
    void closed(SileroStream stream) {
        int unused = streams.decrementAndGet();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (waiting[i] != stream) {
                waiting[kept++] = waiting[i];
            }
        }
        count = kept;
    }

    void add(SileroStream stream, long nowNanos) {
        if (count == 0) {
            oldestNanos = nowNanos;
        }
        waiting[count++] = stream;
        if (count == MOST_ROWS) {
            judge(nowNanos);
        }
    }

    void judgeDue(long nowNanos) {
        if (count > 0 && (streams.get() < STREAMS_WORTH_WAITING || nowNanos - oldestNanos >= LONGEST_WAIT_NANOS)) {
            judge(nowNanos);
        }
    }

    /** Judges all that wait. */
    void judge(long nowNanos) {
        int rows = count;
        if (rows == 0) {
            return;
        }
        count = 0;
        Rows run = runs[rows];
        for (int row = 0; row < rows; row++) {
            waiting[row].write(run.input, run.state, row, rows);
        }
        boolean judged = run.run.run();
        for (int row = 0; row < rows; row++) {
            if (judged) {
                waiting[row].read(run.output, run.newState, row, rows, nowNanos);
            } else {
                waiting[row].failed(nowNanos);
            }
        }
    }

    /** Judges one window of a stream that does not wait. */
    void judgeAlone(SileroStream stream) {
        Rows run = runs[1];
        stream.write(run.input, run.state, 0, 1);
        if (run.run.run()) {
            stream.keepState(run.newState, 0, 1);
        }
    }

    void close() {
        for (int rows = 1; rows <= MOST_ROWS; rows++) {
            runs[rows].run.close();
        }
    }
}
