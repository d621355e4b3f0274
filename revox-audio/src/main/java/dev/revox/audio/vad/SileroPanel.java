package dev.revox.audio.vad;

import dev.revox.audio.onnx.OnnxModel;
import org.jspecify.annotations.Nullable;

/**
 * The panel of a loop whose streams are judged by Silero; one batch for each rate.
 *
 * <p><b>Thread:</b> See {@link VoiceActivityPanel}.
 */
final class SileroPanel implements VoiceActivityPanel {

    private final OnnxModel model;
    private volatile @Nullable WindowBatch narrowband;
    private volatile @Nullable WindowBatch wideband;

    SileroPanel(OnnxModel model) {
        this.model = model;
    }

    @Override
    public synchronized Stream open(int sampleRateHz, Verdict verdict) {
        WindowBatch batch = batch(VoiceActivity.checkedRate(sampleRateHz));
        batch.opened();
        return new SileroStream(batch, verdict);
    }

    private WindowBatch batch(int rateHz) {
        WindowBatch there = rateHz == VoiceActivity.NARROWBAND_HZ ? narrowband : wideband;
        if (there != null) {
            return there;
        }
        WindowBatch made = new WindowBatch(model, rateHz);
        if (rateHz == VoiceActivity.NARROWBAND_HZ) {
            narrowband = made;
        } else {
            wideband = made;
        }
        return made;
    }

    @Override
    public void judgeDue(long nowNanos) {
        WindowBatch narrow = narrowband;
        if (narrow != null) {
            narrow.judgeDue(nowNanos);
        }
        WindowBatch wide = wideband;
        if (wide != null) {
            wide.judgeDue(nowNanos);
        }
    }

    @Override
    public synchronized void close() {
        WindowBatch narrow = narrowband;
        if (narrow != null) {
            narrow.close();
        }
        WindowBatch wide = wideband;
        if (wide != null) {
            wide.close();
        }
    }
}
