package dev.revox.audio.codec;

import java.util.Arrays;

/**
 * The made-up continuation of a voice: its last pitch periods are repeated, faded and then silent.
 *
 * <p>The first 10 ms repeat one pitch period, the second 10 ms two and all after that three, because a single period that
 * repeats for long sounds like a machine. The sound fades by a fifth per 10 ms after the first 10 ms and is silent after 60
 * ms. Joints (history to repetition, repetition to repetition, repetition to the next real packet) are overlapped over a
 * quarter of a pitch period. Appendix I delays all output by 3.75 ms to blend the first joint; a machine listener needs no
 * such blend, so the repetition starts where a period ago the waveform stood and nothing is delayed.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> in the manner of ITU-T G.711
 * Appendix I.
 */
public final class PitchConcealment {

    private static final int STEP_MS = 10;
    private static final int SILENT_AFTER_STEPS = 6;
    private static final int LOWEST_PITCH_HZ = 67;
    private static final int HIGHEST_PITCH_HZ = 200;
    private static final int CORRELATION_MS = 20;

    private final int step;
    private final int silentAfter;
    private final int shortestPitch;
    private final int longestPitch;
    private final int correlation;
    private final int length;
    private final short[] history;
    private final short[] tail;

    private int concealed;
    private int pitch;

    /** The stretch at the end of the history that is being repeated, and where in it the next sample lies. */
    private int period;

    private int phase;

    /** For sound at this rate. */
    public PitchConcealment(int rateHz) {
        step = rateHz / 1000 * STEP_MS;
        silentAfter = SILENT_AFTER_STEPS * step;
        shortestPitch = rateHz / HIGHEST_PITCH_HZ;
        longestPitch = Math.ceilDiv(rateHz, LOWEST_PITCH_HZ);
        correlation = rateHz / 1000 * CORRELATION_MS;
        length = 3 * longestPitch + longestPitch / 4;
        history = new short[length];
        tail = new short[longestPitch / 4];
    }

    /** Takes note of real samples; right after a concealed stretch it also blends their start with its continuation. */
    public void heard(short[] pcm, int offset, int samples) {
        if (concealed > 0) {
            int blend = Math.min(samples, Math.min(tail.length, pitch / 4 + concealed / 8));
            fill(tail, 0, blend);
            for (int i = 0; i < blend; i++) {
                int real = pcm[offset + i] * (i + 1);
                int made = tail[i] * (blend - i);
                pcm[offset + i] = (short) ((real + made) / (blend + 1));
            }
            concealed = 0;
        }
        remember(pcm, offset, samples);
    }

    /** Makes up samples. */
    public void conceal(short[] out, int offset, int samples) {
        if (concealed == 0) {
            pitch = pitchOfHistory();
            period = pitch;
            phase = 0;
        }
        fill(out, offset, samples);
    }

    /** Forgets the sound so far. */
    public void reset() {
        Arrays.fill(history, (short) 0);
        concealed = 0;
    }

    private void remember(short[] pcm, int offset, int samples) {
        if (samples >= length) {
            System.arraycopy(pcm, offset + samples - length, history, 0, length);
        } else {
            System.arraycopy(history, samples, history, 0, length - samples);
            System.arraycopy(pcm, offset, history, length - samples, samples);
        }
    }

    private void fill(short[] out, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            if (concealed >= silentAfter) {
                out[offset + i] = 0;
                continue;
            }
            widenPeriod();
            out[offset + i] = (short) (repeated() * gain(concealed));
            phase = phase + 1 == period ? 0 : phase + 1;
            concealed++;
        }
    }

    /** One sample of the repetition; the last quarter of a period already blends into what precedes its start. */
    private float repeated() {
        int overlap = pitch / 4;
        int here = length - period + phase;
        int intoOverlap = phase - (period - overlap);
        if (intoOverlap < 0) {
            return history[here];
        }
        float weight = (intoOverlap + 1f) / (overlap + 1f);
        return history[here] * (1 - weight) + history[here - period] * weight;
    }

    private void widenPeriod() {
        if (concealed == step || concealed == 2 * step) {
            // The same place in the waveform, seen from the start of a longer stretch.
            phase += pitch;
            period += pitch;
        }
    }

    private float gain(int concealed) {
        return concealed < step ? 1f : Math.max(0f, 1f - (concealed - step) / (float) (silentAfter - step));
    }

    /** The lag with the highest normalized correlation over the last 20 ms. */
    private int pitchOfHistory() {
        int best = shortestPitch;
        double bestScore = -1;
        for (int lag = shortestPitch; lag <= longestPitch; lag++) {
            long product = 0;
            long energy = 1;
            for (int i = length - correlation; i < length; i++) {
                int then = history[i - lag];
                product += (long) history[i] * then;
                energy += (long) then * then;
            }
            double score = product <= 0 ? 0 : (double) product * product / energy;
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }
}
