package dev.revox.audio.codec;

import java.util.Arrays;

/**
 * The made-up continuation of a voice at 8 kHz: its last pitch periods are repeated, faded and then silent.
 *
 * <p>The first 10 ms repeat one pitch period, the second 10 ms two and all after that three, because a single period that
 * repeats for long sounds like a machine. The sound fades by a fifth per 10 ms after the first 10 ms and is silent after 60
 * ms. Joints (history to repetition, repetition to repetition, repetition to the next real packet) are overlapped over a
 * quarter of a pitch period. Appendix I delays all output by 3.75 ms to blend the first joint; a machine listener needs no
 * such blend, so the repetition starts where a period ago the waveform stood and nothing is delayed.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at 8 kHz. <b>Spec:</b> in the manner of ITU-T G.711
 * Appendix I.
 */
final class PitchConcealment {

    private static final int STEP = 80;
    private static final int SILENT_AFTER = 6 * STEP;
    private static final int PITCH_MIN = 40;
    private static final int PITCH_MAX = 120;
    private static final int CORRELATION = 160;
    private static final int HISTORY = 3 * PITCH_MAX + PITCH_MAX / 4;

    private final short[] history = new short[HISTORY];
    private final short[] tail = new short[PITCH_MAX / 4];

    private int concealed;
    private int pitch;

    /** The stretch at the end of the history that is being repeated, and where in it the next sample lies. */
    private int period;

    private int phase;

    /** Takes note of real samples; right after a concealed stretch it also blends their start with its continuation. */
    void heard(short[] pcm, int offset, int samples) {
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
    void conceal(short[] out, int offset, int samples) {
        if (concealed == 0) {
            pitch = pitchOfHistory();
            period = pitch;
            phase = 0;
        }
        fill(out, offset, samples);
    }

    void reset() {
        Arrays.fill(history, (short) 0);
        concealed = 0;
    }

    private void remember(short[] pcm, int offset, int samples) {
        if (samples >= HISTORY) {
            System.arraycopy(pcm, offset + samples - HISTORY, history, 0, HISTORY);
        } else {
            System.arraycopy(history, samples, history, 0, HISTORY - samples);
            System.arraycopy(pcm, offset, history, HISTORY - samples, samples);
        }
    }

    private void fill(short[] out, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            if (concealed >= SILENT_AFTER) {
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
        int here = HISTORY - period + phase;
        int intoOverlap = phase - (period - overlap);
        if (intoOverlap < 0) {
            return history[here];
        }
        float weight = (intoOverlap + 1f) / (overlap + 1f);
        return history[here] * (1 - weight) + history[here - period] * weight;
    }

    private void widenPeriod() {
        if (concealed == STEP || concealed == 2 * STEP) {
            // The same place in the waveform, seen from the start of a longer stretch.
            phase += pitch;
            period += pitch;
        }
    }

    private static float gain(int concealed) {
        return concealed < STEP ? 1f : Math.max(0f, 1f - (concealed - STEP) / (float) (SILENT_AFTER - STEP));
    }

    /** The lag with the highest normalized correlation over the last 20 ms. */
    private int pitchOfHistory() {
        int best = PITCH_MIN;
        double bestScore = -1;
        for (int lag = PITCH_MIN; lag <= PITCH_MAX; lag++) {
            long product = 0;
            long energy = 1;
            for (int i = HISTORY - CORRELATION; i < HISTORY; i++) {
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
