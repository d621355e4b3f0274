package dev.revox.audio.tone;

/**
 * One frequency's part in a block of samples: its power, and its phase at the end of the block.
 *
 * <p>From one block to a later one the phase of a steady tone moves on by its frequency times their distance, which tells the
 * frequency far more exactly than the power does.
 *
 * <p><b>Thread:</b> Confined to its detector. <b>Units:</b> power is the mean square of the tone's samples.
 */
final class Goertzel {

    private final double turn;
    private final double cosine;
    private final double sine;
    private final float twiceCosine;
    private double real;
    private double imaginary;

    Goertzel(double hz, int rateHz) {
        turn = 2 * Math.PI * hz / rateHz;
        cosine = Math.cos(turn);
        sine = Math.sin(turn);
        twiceCosine = (float) (2 * cosine);
    }

    /** Looks at a block. */
    void look(float[] block, int offset, int samples) {
        float one = 0;
        float two = 0;
        for (int i = offset; i < offset + samples; i++) {
            float next = block[i] + twiceCosine * one - two;
            two = one;
            one = next;
        }
        end(one, two);
    }

    /** Four at once: each alone would wait for its own last step most of the time. */
    static void lookFour(Goertzel[] bank, int from, float[] block, int offset, int samples) {
        float a = bank[from].twiceCosine;
        float b = bank[from + 1].twiceCosine;
        float c = bank[from + 2].twiceCosine;
        float d = bank[from + 3].twiceCosine;
        float aOne = 0;
        float aTwo = 0;
        float bOne = 0;
        float bTwo = 0;
        float cOne = 0;
        float cTwo = 0;
        float dOne = 0;
        float dTwo = 0;
        for (int i = offset; i < offset + samples; i++) {
            float in = block[i];
            float aNext = in + a * aOne - aTwo;
            float bNext = in + b * bOne - bTwo;
            float cNext = in + c * cOne - cTwo;
            float dNext = in + d * dOne - dTwo;
            aTwo = aOne;
            bTwo = bOne;
            cTwo = cOne;
            dTwo = dOne;
            aOne = aNext;
            bOne = bNext;
            cOne = cNext;
            dOne = dNext;
        }
        bank[from].end(aOne, aTwo);
        bank[from + 1].end(bOne, bTwo);
        bank[from + 2].end(cOne, cTwo);
        bank[from + 3].end(dOne, dTwo);
    }

    private void end(float one, float two) {
        real = one - two * cosine;
        imaginary = two * sine;
    }

    /** The mean square of a tone of just this frequency. */
    double power(int samples) {
        return 2 * (real * real + imaginary * imaginary) / ((double) samples * samples);
    }

    double phase() {
        return Math.atan2(imaginary, real);
    }

    /** How far the tone lies beside this frequency, in cycles a sample, given its phase so many samples ago. */
    double offset(double phaseBefore, int samples) {
        double turns = (phase() - phaseBefore - turn * samples) / (2 * Math.PI);
        return (turns - Math.rint(turns)) / samples;
    }
}
