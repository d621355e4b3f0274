package dev.revox.audio.echo;

import dev.revox.audio.codec.noise.ComfortNoise;
import dev.revox.audio.resample.Resampler;
import dev.revox.line.MediaReport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the echo of our own voice on one leg from what somebody says there, and takes it out.
 *
 * <p>A telephone or a network may send back what we send, weaker and up to 0.4 s later. Nobody has spoken then: a voice detector must not
 * hear it, nor a recogniser. A piece that is nothing but echo is replaced by the line's own background; where somebody speaks over the echo
 * what is left without it is their voice (on lines of 8 kHz; wider ones keep the echo then); everything else stays as it is, to the last bit.
 * {@link EchoJudge} has the rule.
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
    private final short[] instead = new short[MAX_RATE_HZ / 1000 * PIECE_MS];
    private final short[] narrowSent = new short[EchoJudge.RATE_HZ / 1000 * MAX_SENT_MS + 1];
    private final short[] narrowHeard = new short[EchoJudge.MAX_BLOCK + 1];
    private @Nullable Resampler sentRate;
    private @Nullable Resampler heardRate;
    private int sentHz;
    private int heardHz;
    private long nextSampleTime = Long.MIN_VALUE;
    private long place;
    private float last;

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
     * @return what it is; unless it is {@link Heard#VOICE}, {@link #instead} is to be heard in its place
     */
    public Heard judge(short[] pcm, int offset, int samples, int rateHz, long sampleTime, boolean madeUp) {
        if (!judge.sent().audible()) {
            if (nextSampleTime != Long.MIN_VALUE) {
                nextSampleTime = Long.MIN_VALUE;
                judge.pause();
            }
            judge.heard().noteBackground(pcm, offset, samples);
            return Heard.VOICE;
        }
        if (sampleTime != nextSampleTime || rateHz != heardHz) {
            begin(rateHz, sampleTime);
        }
        nextSampleTime = sampleTime + samples;
        Resampler down = heardRate;
        Heard verdict;
        if (down == null) {
            verdict = judge.judge(pcm, offset, samples, place, madeUp);
            place += samples;
            if (verdict == Heard.VOICE_OVER_ECHO) {
                withoutEcho(samples);
            }
            last = verdict == Heard.VOICE ? pcm[offset + samples - 1] : last;
        } else {
            int narrow = down.process(pcm, offset, samples, narrowHeard, 0);
            verdict = judge.judge(narrowHeard, 0, narrow, place, madeUp);
            place += narrow;
            verdict = verdict == Heard.VOICE_OVER_ECHO ? Heard.VOICE : verdict;
        }
        if (verdict == Heard.ECHO) {
            background(samples);
            account(samples * 1_000_000L / rateHz);
        }
        return verdict;
    }

    private void withoutEcho(int samples) {
        float[] rest = judge.rest();
        float value = last;
        for (int i = 0; i < samples; i++) {
            value = rest[i] + HeardSound.EMPHASIS * value;
            instead[i] = (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        last = value;
    }

    private void background(int samples) {
        double level = -10 * Math.log10(Math.max(1, judge.heard().backgroundPower()) / FULL_SCALE_POWER);
        noiseLevel[0] = (byte) Math.min(QUIETEST, Math.round(level));
        boolean unused = noise.describe(noiseLevel, 0, 1);
        noise.fill(instead, 0, samples);
        last = instead[samples - 1];
    }

    /** What is to be heard instead of the piece that was judged last, from index 0 on. */
    public short[] instead() {
        return instead;
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
        delayMs = (int) Math.max(0, judge.delaySamples() * 1000 / EchoJudge.RATE_HZ);
    }

    /** What was found so far. */
    public MediaReport.Echo report() {
        long micros = echoMicros;
        return micros == 0
                ? MediaReport.Echo.NONE
                : new MediaReport.Echo(micros / 1000, 10 * Math.log10(Math.max(1, returnLoss)), delayMs);
    }
}
