package dev.revox.audio.echo;

import dev.revox.audio.codec.noise.ComfortNoise;
import dev.revox.audio.resample.Resampler;
import dev.revox.line.MediaReport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the echo of our own voice on one leg from what somebody says there, and has noise to put in its place.
 *
 * <p>A telephone or a network may send back what we send, weaker and up to 0.4 s later. Nobody has spoken then: a voice detector must not
 * hear it, nor a recogniser. What is heard is either left as it is, to the last bit, or is echo as a whole and is replaced by the line's own
 * background; a person's voice is never changed. {@link EchoJudge} has the rule.
 *
 * <p>It costs almost nothing while nothing of ours can come back, that is half a second after our last sound.
 *
 * <p><b>Thread:</b> Confined to the media loop, which it allocates nothing on but for a resampler at the first sound of another rate;
 * {@link #report} is thread-safe.
 */
public final class EchoSuppressor {

    /** Sound is judged in pieces of at most this: {@value} ms. */
    public static final int PIECE_MS = 20;

    private static final int MAX_SENT_MS = 60;
    private static final int MAX_RATE_HZ = 48_000;
    private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;
    private static final int QUIETEST = 127;

    private final EchoJudge judge = new EchoJudge();
    private final ComfortNoise noise = new ComfortNoise();
    private final byte[] noiseLevel = new byte[1];
    private final short[] cover = new short[MAX_RATE_HZ / 1000 * PIECE_MS];
    private final short[] narrowSent = new short[EchoJudge.RATE_HZ / 1000 * MAX_SENT_MS + 1];
    private final short[] narrowHeard = new short[EchoJudge.MAX_BLOCK + 1];
    private @Nullable Resampler sentRate;
    private @Nullable Resampler heardRate;
    private int sentHz;
    private int heardHz;
    private long nextSampleTime = Long.MIN_VALUE;
    private long place;

    private volatile long echoMicros;
    private volatile float returnLoss;
    private volatile int delayMs;

    /** A frame left by the wire: everything that the other side hears. */
    public void sent(short[] pcm, int samples, int rateHz) {
        if (silent(pcm, samples)) {
            sentNothing(samples, rateHz);
            return;
        }
        if (rateHz == EchoJudge.RATE_HZ) {
            judge.sent().add(pcm, 0, samples);
            return;
        }
        Resampler down = sentRate;
        if (down == null || sentHz != rateHz) {
            down = new Resampler(rateHz, EchoJudge.RATE_HZ, rateHz / 1000 * MAX_SENT_MS);
            sentRate = down;
            sentHz = rateHz;
        }
        judge.sent().add(narrowSent, 0, down.process(pcm, 0, samples, narrowSent, 0));
    }

    /** A stretch of time in which nothing left, or silence. */
    public void sentNothing(int samples, int rateHz) {
        judge.sent().addSilence(samples * (EchoJudge.RATE_HZ / 1000) / (rateHz / 1000));
        Resampler down = sentRate;
        if (down != null) {
            down.reset();
        }
    }

    private static boolean silent(short[] pcm, int samples) {
        int any = 0;
        for (int i = 0; i < samples; i++) {
            any |= pcm[i];
        }
        return any == 0;
    }

    /**
     * Judges a piece of what was heard, in the order of sample times.
     *
     * @param samples at most {@value #PIECE_MS} ms of them
     * @param madeUp it was concealed
     * @return true when the piece is an echo; {@link #cover} is to be heard in its place
     */
    public boolean isEcho(short[] pcm, int offset, int samples, int rateHz, long sampleTime, boolean madeUp) {
        if (!judge.sent().audible()) {
            if (nextSampleTime != Long.MIN_VALUE) {
                nextSampleTime = Long.MIN_VALUE;
                judge.pause();
            }
            judge.heard().noteBackground(pcm, offset, samples);
            return false;
        }
        if (sampleTime != nextSampleTime || rateHz != heardHz) {
            begin(rateHz, sampleTime);
        }
        nextSampleTime = sampleTime + samples;
        Resampler down = heardRate;
        int narrow = samples;
        boolean echo;
        if (down == null) {
            echo = judge.isEcho(pcm, offset, samples, place, madeUp);
        } else {
            narrow = down.process(pcm, offset, samples, narrowHeard, 0);
            echo = judge.isEcho(narrowHeard, 0, narrow, place, madeUp);
        }
        place += narrow;
        if (echo) {
            account(samples * 1_000_000L / rateHz);
        }
        return echo;
    }

    private void begin(int rateHz, long sampleTime) {
        judge.pause();
        place = Math.floorDiv(sampleTime * EchoJudge.RATE_HZ, rateHz);
        if (rateHz != heardHz) {
            heardHz = rateHz;
            heardRate = rateHz == EchoJudge.RATE_HZ
                    ? null
                    : new Resampler(rateHz, EchoJudge.RATE_HZ, rateHz / 1000 * PIECE_MS);
        } else if (heardRate != null) {
            heardRate.reset();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void account(long micros) {
        echoMicros += micros;
        returnLoss = judge.returnLoss();
        delayMs = (int) (judge.delaySamples(place) * 1000 / EchoJudge.RATE_HZ);
    }

    /** What was found so far. */
    public MediaReport.Echo report() {
        long micros = echoMicros;
        return micros == 0
                ? MediaReport.Echo.NONE
                : new MediaReport.Echo(micros / 1000, 10 * Math.log10(Math.max(1, returnLoss)), delayMs);
    }

    /** The line's background for the piece that was judged last. */
    public short[] cover(int samples) {
        double level = -10 * Math.log10(Math.max(1, judge.heard().backgroundPower()) / FULL_SCALE_POWER);
        noiseLevel[0] = (byte) Math.min(QUIETEST, Math.round(level));
        boolean unused = noise.describe(noiseLevel, 0, 1);
        noise.fill(cover, 0, samples);
        return cover;
    }
}
