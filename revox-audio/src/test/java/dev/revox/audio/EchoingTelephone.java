package dev.revox.audio;

import dev.revox.line.LegEvent;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** A telephone on a {@link LegBench} that sends back, later and weaker, what it hears, with somebody at it who may speak. */
final class EchoingTelephone {

    private static final int FRAME = LegBench.FRAME;
    private static final int REACH = 8;
    private static final long FULL = 32_767;

    final LegBench bench;
    private final Random random = new Random(1);
    private short[] heard = new short[0];
    private int heardSamples;
    private int taken;
    private short[] caller = new short[0];
    private int callerFrom;
    private int frames;
    private double lossDb = 20;
    private double delayMs = 120;
    private double driftPpm;
    private double noise = 4;
    private int lostPercent;
    private DoubleUnaryOperator filter = sample -> sample;

    EchoingTelephone(LegBench bench) {
        this.bench = bench;
        bench.ear.answered();
        bench.tick();
    }

    EchoingTelephone echo(double returnLossDb, double ms) {
        lossDb = returnLossDb;
        delayMs = ms;
        return this;
    }

    EchoingTelephone drift(double ppm) {
        driftPpm = ppm;
        return this;
    }

    EchoingTelephone noise(double rms) {
        noise = rms;
        return this;
    }

    EchoingTelephone losing(int percent) {
        lostPercent = percent;
        return this;
    }

    /** A low-pass of two poles at about 1.2 kHz, as a cheap handset is one. */
    EchoingTelephone muffled() {
        double[] state = new double[2];
        filter = sample -> {
            state[0] += 0.6 * (sample - state[0]);
            state[1] += 0.6 * (state[0] - state[1]);
            return state[1];
        };
        return this;
    }

    /** Somebody speaks from the next frame on. */
    void speak(short[] pcm) {
        caller = pcm;
        callerFrom = frames * FRAME;
    }

    /** The agent says this from now on. */
    void agentSays(long segment, short[] pcm) {
        bench.mouth.say(Segment.of(segment), MediaFormat.pcm(8000), source(pcm));
    }

    /** Lets so much time pass. */
    void run(int ms) {
        for (int i = 0; i < ms / 20; i++) {
            frame();
        }
    }

    private void frame() {
        listen();
        short[] pcm = new short[FRAME];
        double gain = Math.pow(10, -lossDb / 20);
        for (int i = 0; i < FRAME; i++) {
            int place = frames * FRAME + i;
            double source = place * (1 - driftPpm * 1e-6) - delayMs * 8;
            double value = filter.applyAsDouble(gain * at(source)) + noise * random.nextGaussian();
            int said = place - callerFrom;
            value += said >= 0 && said < caller.length ? caller[said] : 0;
            pcm[i] = (short) Math.max(-FULL, Math.min(FULL, Math.round(value)));
        }
        frames++;
        if (random.nextInt(100) < lostPercent) {
            bench.skipOnWire();
            bench.run(20);
        } else {
            bench.hear(pcm, 0);
        }
    }

    private void listen() {
        for (; taken < bench.wire.sent.size(); taken++) {
            if (heardSamples + FRAME > heard.length) {
                heard = Arrays.copyOf(heard, heard.length + 160_000);
            }
            byte[] payload = bench.wire.sent.get(taken).payload();
            heardSamples += bench.decoder.decode(payload, 0, payload.length, heard, heardSamples);
        }
    }

    /** Between two samples by a windowed sinc. */
    private double at(double place) {
        int whole = (int) Math.floor(place);
        double part = place - whole;
        if (part == 0) {
            return whole < 0 || whole >= heardSamples ? 0 : heard[whole];
        }
        double sum = 0;
        for (int k = Math.max(0, whole - REACH); k <= Math.min(heardSamples - 1, whole + REACH); k++) {
            double t = place - k;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * t / (REACH + 1));
            sum += heard[k] * window * Math.sin(Math.PI * t) / (Math.PI * t);
        }
        return sum;
    }

    long count(Class<? extends LegEvent> kind) {
        return bench.events.stream().filter(kind::isInstance).count();
    }

    static FrameSource source(short[] pcm) {
        return new FrameSource() {
            private int next;

            @Override
            public int read(short[] into, int offset, int maxSamples) {
                if (next == pcm.length) {
                    return -1;
                }
                int count = Math.min(pcm.length - next, maxSamples);
                System.arraycopy(pcm, next, into, offset, count);
                next += count;
                return count;
            }
        };
    }
}
