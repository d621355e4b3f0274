package dev.revox.testkit.script;

import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.testkit.script.provider.WordCodes;
import dev.revox.testkit.script.provider.WordCodes.Coded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What the person on the line says, as frames of coded words. <b>Thread:</b> Confined to the script's thread. */
final class ScriptedEar implements Ear {

    static final int RATE_HZ = 8000;
    private static final int FRAME_SAMPLES = RATE_HZ / 50;

    private record Utterance(long startMicros, long endMicros, List<Coded> words) {}

    private final List<Utterance> utterances = new ArrayList<>();
    private final ArrayDeque<short[]> frames = new ArrayDeque<>();
    private long producedSamples;
    private boolean closed;

    void plan(long startMicros, long endMicros, List<Coded> words) {
        utterances.add(new Utterance(startMicros, endMicros, words));
    }

    /** One more frame of 20 ms has arrived. */
    void tick() {
        short[] frame = new short[FRAME_SAMPLES];
        long fromMicros = producedSamples * 1_000_000L / RATE_HZ;
        for (Utterance one : utterances) {
            if (one.endMicros > fromMicros && one.startMicros < fromMicros + 20_000) {
                render(one, frame);
            }
        }
        producedSamples += FRAME_SAMPLES;
        if (!closed) {
            frames.add(frame);
        }
    }

    boolean someoneSpeaks() {
        long micros = producedSamples * 1_000_000L / RATE_HZ;
        return utterances.stream().anyMatch(one -> micros > one.startMicros && micros <= one.endMicros);
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public int read(short[] into, int offset, EarFrame frame) {
        short[] next = frames.poll();
        if (next == null) {
            return closed ? -1 : 0;
        }
        System.arraycopy(next, 0, into, offset, next.length);
        frame.set(producedSamples - (frames.size() + 1L) * FRAME_SAMPLES, 0);
        return next.length;
    }

    @Override
    public long droppedSamples() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        frames.clear();
    }

    private void render(Utterance one, short[] frame) {
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            long micros = (producedSamples + i) * 1_000_000L / RATE_HZ - one.startMicros;
            if (micros >= 0 && micros < one.endMicros - one.startMicros) {
                frame[i] = WordCodes.sampleAt(one.words, micros);
            }
        }
    }
}
