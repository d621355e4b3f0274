package dev.revox.audio.turn;

import dev.revox.RevoxException;
import dev.revox.audio.onnx.OnnxModel;
import dev.revox.audio.onnx.OnnxRun;
import dev.revox.audio.resample.Resampler;

/**
 * One thread's way through the network: sound to features to a probability, in buffers that are used again.
 *
 * <p><b>Thread:</b> Confined to its owner.
 */
final class TurnNetwork implements AutoCloseable {

    static final String INPUT = "input_features";

    /** Smart-turn calls it so; what it gives are probabilities. */
    static final String OUTPUT = "logits";

    private static final int PIECE_SAMPLES = 4000;

    private final OnnxRun run;
    private final LogMel features = new LogMel();
    private final short[] wideband = new short[LogMel.SAMPLES];

    /** Throws when the network has other inputs or outputs. */
    TurnNetwork(OnnxModel model) {
        run = model.run()
                .floatInput(INPUT, 1, LogMel.BANDS, LogMel.FRAMES)
                .floatOutput(OUTPUT, 1, 1)
                .build();
    }

    /** How likely the turn is complete. Throws when the network fails or gives something else than a probability. */
    float judge(short[] sound, int sampleRateHz) {
        if (sampleRateHz == LogMel.RATE_HZ) {
            features.write(sound, sound.length, run.floats(INPUT));
        } else {
            features.write(wideband, resampled(sound, sampleRateHz), run.floats(INPUT));
        }
        if (!run.run()) {
            throw new RevoxException("it cannot be run with " + signature(), true);
        }
        float probability = run.floats(OUTPUT).get(0);
        if (!(probability >= 0 && probability <= 1)) {
            throw new RevoxException("'" + OUTPUT + "' must be a probability, was " + probability, false);
        }
        return probability;
    }

    static String signature() {
        return "the input '" + INPUT + "' of [batch, " + LogMel.BANDS + ", " + LogMel.FRAMES
                + "] floats and the output '" + OUTPUT + "' of [batch, 1] floats, a probability";
    }

    private int resampled(short[] sound, int sampleRateHz) {
        Resampler resampler = new Resampler(sampleRateHz, LogMel.RATE_HZ, PIECE_SAMPLES);
        int most = (int) ((long) LogMel.SAMPLES * sampleRateHz / LogMel.RATE_HZ);
        int used = Math.min(sound.length, most);
        return resampler.process(sound, sound.length - used, used, wideband, 0);
    }

    @Override
    public void close() {
        run.close();
    }
}
