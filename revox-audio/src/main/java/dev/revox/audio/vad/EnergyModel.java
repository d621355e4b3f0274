package dev.revox.audio.vad;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The model of panels that need none.
 *
 * <p><b>Thread:</b> Immutable.
 */
record EnergyModel(String reason) implements VoiceActivityModel {

    private static final String NAME = "energy";

    /** A panel that judges at once. */
    private record Panel() implements VoiceActivityPanel {

        @Override
        public Stream open(int sampleRateHz, Verdict verdict) {
            return new Judged(new EnergyDetector(VoiceActivity.checkedRate(sampleRateHz)), verdict);
        }

        @Override
        public void judgeDue(long nowNanos) {}

        @Override
        public void close() {}
    }

    private record Judged(EnergyDetector detector, VoiceActivityPanel.Verdict verdict)
            implements VoiceActivityPanel.Stream {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public int windowSamples() {
            return detector.windowSamples();
        }

        @Override
        public void submit(short[] pcm, int offset, long nowNanos) {
            verdict.judged(detector.probability(pcm, offset), nowNanos);
        }

        @Override
        public void close() {}
    }

    @Override
    public VoiceActivityPanel panel() {
        return new Panel();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
