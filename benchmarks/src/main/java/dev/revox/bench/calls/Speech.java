package dev.revox.bench.calls;

import dev.revox.audio.wav.WavFile;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * What is said in a measurement.
 *
 * <p><b>Thread:</b> Immutable; each source is confined to its mouth.
 */
public final class Speech {

    private static final int NOISE_SECONDS = 20;
    private static final int AGENT_HZ = 16_000;
    private static final int AGENT_START_SECONDS = 4;
    private static final int AGENT_SECONDS = 3;

    private final short[] samples;
    private final MediaFormat format;

    private Speech(short[] samples, int rateHz) {
        this.samples = samples;
        format = MediaFormat.pcm(rateHz);
    }

    /** Recorded speech where it is installed, else bursts of noise in the rhythm of speech. */
    public static Speech recorded(int rateHz, PrintStream out) {
        String folder = System.getenv().getOrDefault("REVOX_TESTDATA", "");
        Path file = Path.of(folder, "audio", "speech-" + rateHz / 1000 + "k.wav");
        if (!folder.isEmpty() && Files.exists(file)) {
            return new Speech(WavFile.read(file).samples()[0], rateHz);
        }
        out.println("no recorded speech (REVOX_TESTDATA is not set): bursts of noise speak instead");
        Random random = new Random(1);
        short[] noise = new short[rateHz * NOISE_SECONDS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * (i / rateHz % 2 == 0 ? 3000 : 20));
        }
        return new Speech(noise, rateHz);
    }

    /** What the agents of whole calls say again and again. */
    public static Speech ofTheAgent(PrintStream out) {
        return recorded(AGENT_HZ, out).clip(AGENT_START_SECONDS, AGENT_SECONDS);
    }

    public MediaFormat format() {
        return format;
    }

    /** The whole of it over and over, from a place in it on. */
    public FrameSource endless(int start) {
        return new FrameSource() {
            private int at = start % samples.length;

            @Override
            public int read(short[] into, int offset, int maxSamples) {
                int count = Math.min(maxSamples, samples.length - at);
                System.arraycopy(samples, at, into, offset, count);
                at = (at + count) % samples.length;
                return count;
            }
        };
    }

    /** So many seconds from a place in it on, as one utterance. */
    Speech clip(int startSeconds, int seconds) {
        int rateHz = format.sampleRateHz();
        int from = startSeconds * rateHz % samples.length;
        int to = Math.min(samples.length, from + seconds * rateHz);
        return new Speech(Arrays.copyOfRange(samples, from, to), rateHz);
    }

    /** The same with so many seconds of silence behind it. */
    public Speech pausing(int seconds) {
        int rateHz = format.sampleRateHz();
        return new Speech(Arrays.copyOf(samples, samples.length + seconds * rateHz), rateHz);
    }

    /** The whole of it once. */
    public FrameSource once() {
        return new FrameSource() {
            private int at;

            @Override
            public int read(short[] into, int offset, int maxSamples) {
                if (at == samples.length) {
                    return -1;
                }
                int count = Math.min(maxSamples, samples.length - at);
                System.arraycopy(samples, at, into, offset, count);
                at += count;
                return count;
            }
        };
    }
}
