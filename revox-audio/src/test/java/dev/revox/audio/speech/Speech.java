package dev.revox.audio.speech;

import dev.revox.audio.wav.WavFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Sound for tests. */
public final class Speech {

    private Speech() {}

    /** Real speech of folder {@code audio} under {@code REVOX_TESTDATA}; skips the test where that is not installed. */
    public static WavFile recorded(String name) {
        String root = setting("REVOX_TESTDATA");
        Path file = Path.of(root, "audio", name);
        Assumptions.assumeTrue(
                !root.isEmpty() && Files.exists(file), "needs REVOX_TESTDATA with audio/" + name + ", recorded speech");
        return WavFile.read(file);
    }

    /** A system property or environment variable, or nothing. */
    public static String setting(String name) {
        String property = System.getProperty(name, "");
        return property.isEmpty() ? environment(name) : property;
    }

    /** An environment variable, or nothing. */
    public static String environment(String name) {
        String variable = System.getenv(name);
        return variable == null ? "" : variable;
    }

    /** A buzz like a vowel's: harmonics of a pitch. */
    public static short[] vowel(int rateHz, int samples, double pitchHz, double amplitude) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double value = 0;
            for (int h = 1; h * pitchHz < Math.min(3400, rateHz / 2.0); h++) {
                value += Math.sin(2 * Math.PI * h * pitchHz * i / rateHz) / h;
            }
            pcm[i] = (short) (amplitude * value);
        }
        return pcm;
    }

    public static short[] sine(int rateHz, int samples, double hz, double amplitude) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return pcm;
    }

    public static short[] noise(int samples, double amplitude, long seed) {
        Random random = new Random(seed);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * random.nextGaussian());
        }
        return pcm;
    }

    public static double rms(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}
