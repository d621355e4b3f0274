package dev.revox.audio.vad;

import java.util.Arrays;

/** One stream on a panel and what was said of it. */
final class Judge implements AutoCloseable {

    final VoiceActivityPanel.Stream stream;
    private float[] probabilities = new float[16];
    private int count;

    Judge(VoiceActivityPanel panel, int rateHz) {
        stream = panel.open(rateHz, (probability, nowNanos) -> {
            if (count == probabilities.length) {
                probabilities = Arrays.copyOf(probabilities, 2 * count);
            }
            probabilities[count++] = probability;
        });
    }

    /** Judges all whole windows of a sound, one after the other. */
    static float[] all(VoiceActivityPanel panel, int rateHz, short[] pcm) {
        try (Judge judge = new Judge(panel, rateHz)) {
            int window = judge.stream.windowSamples();
            for (int at = 0; at + window <= pcm.length; at += window) {
                judge.stream.submit(pcm, at, 0);
                panel.judgeDue(0);
            }
            return judge.said();
        }
    }

    float[] said() {
        return Arrays.copyOf(probabilities, count);
    }

    float latest() {
        return probabilities[count - 1];
    }

    @Override
    public void close() {
        stream.close();
    }
}
