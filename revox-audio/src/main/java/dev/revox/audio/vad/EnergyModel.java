package dev.revox.audio.vad;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The model of detectors that need none.
 *
 * <p><b>Thread:</b> Immutable.
 */
record EnergyModel(String reason) implements VoiceActivityModel {

    @Override
    public VoiceActivityDetector open(int sampleRateHz) {
        return new EnergyDetector(VoiceActivity.checkedRate(sampleRateHz));
    }

    @Override
    public String name() {
        return EnergyDetector.NAME;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
