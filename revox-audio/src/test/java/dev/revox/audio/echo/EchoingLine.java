package dev.revox.audio.echo;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import java.util.Arrays;
import java.util.Random;

/** What comes back by a line of G.711 of what is sent by it, and what somebody says there. */
final class EchoingLine {

    static final int FRAME = 160;

    private static final int REACH = 8;

    private final double[] heardThere;
    private final Random random = new Random(1);
    private double[] echo;
    private double noise = 4;

    private EchoingLine(short[] sent) {
        heardThere = numbers(coded(sent));
        echo = heardThere;
    }

    static EchoingLine of(short[] sent) {
        return new EchoingLine(sent);
    }

    /** What a silent line without any echo is. */
    EchoingLine silent() {
        echo = new double[echo.length];
        return this;
    }

    EchoingLine weaker(double db) {
        double gain = Math.pow(10, -db / 20);
        echo = Arrays.stream(echo).map(value -> value * gain).toArray();
        return this;
    }

    EchoingLine later(double ms) {
        return later(ms, 0);
    }

    /** The other side's clock is slower by so much. */
    EchoingLine later(double ms, double driftPpm) {
        double[] before = echo;
        double[] after = new double[before.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = at(before, i * (1 - driftPpm * 1e-6) - ms * 8);
        }
        echo = after;
        return this;
    }

    /** From that second on the delay is another. */
    EchoingLine laterFrom(int second, double ms) {
        double[] before = echo;
        double[] after = before.clone();
        for (int i = second * 8000; i < after.length; i++) {
            after[i] = at(before, i - ms * 8);
        }
        echo = after;
        return this;
    }

    /** A low-pass, as a cheap handset is one. */
    EchoingLine muffled() {
        double one = 0;
        double two = 0;
        for (int i = 0; i < echo.length; i++) {
            one += 0.6 * (echo[i] - one);
            two += 0.6 * (one - two);
            echo[i] = two;
        }
        return this;
    }

    /** Sound that comes back from the walls of a small room, too. */
    EchoingLine roomy() {
        double[] before = echo;
        double[] after = before.clone();
        for (int tap = 1; tap < 160; tap++) {
            double gain = 0.2 * random.nextGaussian() * Math.exp(-4.0 * tap / 160);
            for (int i = tap; i < after.length; i++) {
                after[i] += gain * before[i - tap];
            }
        }
        echo = after;
        return this;
    }

    /** Packets of ours get lost on the way there, and are made up from those before. */
    EchoingLine losing(int percent) {
        for (int frame = 1; frame < echo.length / FRAME; frame++) {
            if (random.nextInt(100) < percent) {
                for (int i = 0; i < FRAME; i++) {
                    echo[frame * FRAME + i] = 0.7 * echo[(frame - 1) * FRAME + i];
                }
            }
        }
        return this;
    }

    EchoingLine noise(double rms) {
        noise = rms;
        return this;
    }

    double[] echo() {
        return echo;
    }

    /** What comes in by the line when this is said there. */
    short[] with(short[] said) {
        double[] sum = new double[echo.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = echo[i] + (i < said.length ? said[i] : 0) + noise * random.nextGaussian();
        }
        short[] pcm = new short[sum.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(sum[i])));
        }
        return coded(pcm);
    }

    private static short[] coded(short[] pcm) {
        FrameEncoder encoder = Codecs.encoder("PCMU");
        FrameDecoder decoder = Codecs.decoder("PCMU");
        byte[] payload = new byte[FRAME];
        short[] out = new short[pcm.length];
        for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
            int bytes = encoder.encode(pcm, at, FRAME, payload, 0);
            int unused = decoder.decode(payload, 0, bytes, out, at);
        }
        return out;
    }

    private static double[] numbers(short[] pcm) {
        double[] values = new double[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            values[i] = pcm[i];
        }
        return values;
    }

    /** Between two samples by a windowed sinc. */
    private static double at(double[] pcm, double place) {
        int whole = (int) Math.floor(place);
        double part = place - whole;
        if (part == 0) {
            return whole < 0 || whole >= pcm.length ? 0 : pcm[whole];
        }
        double sum = 0;
        for (int k = Math.max(0, whole - REACH); k <= Math.min(pcm.length - 1, whole + REACH); k++) {
            double t = place - k;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * t / (REACH + 1));
            sum += pcm[k] * window * Math.sin(Math.PI * t) / (Math.PI * t);
        }
        return sum;
    }
}
