package dev.revox.audio.vad;

import dev.revox.audio.vad.level.SilenceGate;
import java.nio.FloatBuffer;

/**
 * One stream that Silero judges along with others.
 *
 * <p>While the line is silent the network is not asked. Its state belongs to a stream that goes on, so before it is asked again
 * it hears the last {@value #REPLAYED} windows of that silence.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class SileroStream implements VoiceActivityPanel.Stream {

    static final int STATE_HALF = 128;

    private static final int WINDOW_MS = 32;
    private static final int CONTEXT_MS = 4;
    private static final int REPLAYED = 8;
    private static final float FULL_SCALE = 32768f;

    private final WindowBatch batch;
    private final VoiceActivityPanel.Verdict verdict;
    private final SilenceGate gate = new SilenceGate();
    private final EnergyDetector spare;
    private final int windowSamples;
    private final int contextSamples;
    /** Context and windows: the last of them is the one that is judged. */
    private final float[] heard;

    private final float[] state = new float[2 * STATE_HALF];
    private int passedOver;
    private boolean waits;
    private boolean closed;
    private float byEnergy;
    private int judgedFrom;

    SileroStream(WindowBatch batch, VoiceActivityPanel.Verdict verdict) {
        this.batch = batch;
        this.verdict = verdict;
        spare = new EnergyDetector(batch.rateHz());
        windowSamples = batch.rateHz() / 1000 * WINDOW_MS;
        contextSamples = batch.rateHz() / 1000 * CONTEXT_MS;
        heard = new float[contextSamples + (REPLAYED + 1) * windowSamples];
        judgedFrom = heard.length - inputSamples(batch.rateHz());
    }

    static int inputSamples(int rateHz) {
        return rateHz / 1000 * (CONTEXT_MS + WINDOW_MS);
    }

    @Override
    public String name() {
        return SileroModel.NAME;
    }

    @Override
    public int windowSamples() {
        return windowSamples;
    }

    @Override
    public void submit(short[] pcm, int offset, long nowNanos) {
        if (waits) {
            batch.judge(nowNanos);
        }
        hear(pcm, offset);
        // Should a run fail, the window is judged by its energy: a call must not go deaf over it.
        byEnergy = spare.probability(pcm, offset);
        if (gate.passesOver(pcm, offset, windowSamples)) {
            passedOver++;
            verdict.judged(0f, nowNanos);
            return;
        }
        catchUp();
        waits = true;
        batch.add(this, nowNanos);
    }

    private void hear(short[] pcm, int offset) {
        System.arraycopy(heard, windowSamples, heard, 0, heard.length - windowSamples);
        int at = heard.length - windowSamples;
        for (int i = 0; i < windowSamples; i++) {
            heard[at + i] = pcm[offset + i] / FULL_SCALE;
        }
    }

    private void catchUp() {
        for (int back = Math.min(passedOver, REPLAYED); back > 0; back--) {
            judgedFrom = heard.length - contextSamples - (back + 1) * windowSamples;
            batch.judgeAlone(this);
        }
        judgedFrom = heard.length - contextSamples - windowSamples;
        passedOver = 0;
    }

    /** Puts this stream's window and state into a row of a batch. */
    void write(FloatBuffer input, FloatBuffer states, int row, int rows) {
        int samples = contextSamples + windowSamples;
        input.put(row * samples, heard, judgedFrom, samples);
        states.put(row * STATE_HALF, state, 0, STATE_HALF);
        states.put((rows + row) * STATE_HALF, state, STATE_HALF, STATE_HALF);
    }

    void keepState(FloatBuffer states, int row, int rows) {
        states.get(row * STATE_HALF, state, 0, STATE_HALF);
        states.get((rows + row) * STATE_HALF, state, STATE_HALF, STATE_HALF);
    }

    void read(FloatBuffer output, FloatBuffer states, int row, int rows, long nowNanos) {
        keepState(states, row, rows);
        tell(Math.max(0f, Math.min(1f, output.get(row))), nowNanos);
    }

    void failed(long nowNanos) {
        tell(byEnergy, nowNanos);
    }

    private void tell(float probability, long nowNanos) {
        waits = false;
        gate.judged(probability);
        verdict.judged(probability, nowNanos);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            batch.closed(this);
        }
    }
}
