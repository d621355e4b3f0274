package dev.revox.audio.tone;

import dev.revox.media.Tone;

/**
 * Hears what the network plays to a caller: it rings, busy, no way through.
 *
 * <p>Every 25 ms are looked at for the frequencies that networks use, alone or two at once; what counts is how long they come and
 * go. It rings after the second beginning, busy and congestion are believed after three equal parts.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing. <b>Units:</b> samples at 8 kHz. <b>Spec:</b> ITU-T E.180
 * supplement 2.
 */
final class CallProgress {

    private static final int RATE_HZ = 8000;
    private static final int BLOCK = 200;
    private static final int BLOCK_MS = 25;
    private static final int[] HZ = {400, 425, 440, 450, 480, 620};

    /** Which of them sound together: in Britain, in North America, and there when it is busy. */
    private static final int[][] PAIRS = {{0, 3}, {2, 4}, {4, 5}};

    private static final int SILENT = -1;
    private static final int OTHER = -2;

    /** -46 dBov. */
    private static final double LEAST_POWER = 165.0 * 165;

    /** What is 10 dB below the tone is the silence between. */
    private static final double SILENCE_SHARE = 0.1;

    private static final double LEAST_SHARE = 0.72;
    private static final double LEAST_PAIR_SHARE = 0.6;
    private static final double MOST_TWIST = 6;
    private static final int SURE_PARTS = 3;
    private static final int SURE_PAIR_BLOCKS = 3;
    private static final int PAIR_MEMORY_BLOCKS = 24;

    /** A tone of this length that is followed by silence of the same length. */
    private enum Cadence {
        NONE,
        CONGESTION,
        BUSY,
        RINGBACK
    }

    private final ToneSink sink;
    private final Goertzel[] bank = new Goertzel[HZ.length];
    private final double[] power = new double[HZ.length];
    private final float[] block = new float[BLOCK];
    private int filled;

    private int tone = SILENT;
    private int onBlocks;
    private int offBlocks;
    private int strangeBlocks;
    private int pairBlocks;
    private int blocksSincePair = PAIR_MEMORY_BLOCKS;
    private double level;
    private Cadence cadence = Cadence.NONE;
    private int parts;
    private Cadence told = Cadence.NONE;

    CallProgress(ToneSink sink) {
        this.sink = sink;
        for (int i = 0; i < bank.length; i++) {
            bank[i] = new Goertzel(HZ[i], RATE_HZ);
        }
    }

    void accept(short[] pcm, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            block[filled++] = pcm[i];
            if (filled == BLOCK) {
                filled = 0;
                blocksSincePair = Math.min(PAIR_MEMORY_BLOCKS, blocksSincePair + 1);
                follow(heard());
            }
        }
    }

    void interrupt() {
        filled = 0;
    }

    /**
     * Whether what seems to be a beep belongs to a tone of the network: it is the beat of two frequencies that sounded within the
     * last 600 ms, or a part of a cadence that has been told.
     */
    boolean explains(int hz) {
        return blocksSincePair < PAIR_MEMORY_BLOCKS || (told != Cadence.NONE && hz < 650);
    }

    /** What the block holds: two frequencies by their places, silence, or something else. */
    private int heard() {
        double energy = 0;
        for (float value : block) {
            energy += value * value;
        }
        energy /= BLOCK;
        if (energy < Math.max(LEAST_POWER, SILENCE_SHARE * level)) {
            return SILENT;
        }
        Goertzel.lookFour(bank, 0, block, 0, BLOCK);
        Goertzel.lookFour(bank, bank.length - 4, block, 0, BLOCK);
        int best = 0;
        for (int i = 0; i < bank.length; i++) {
            power[i] = bank[i].power(BLOCK);
            best = power[i] > power[best] ? i : best;
        }
        if (power[best] > LEAST_SHARE * energy) {
            pairBlocks = 0;
            level = energy;
            return best * HZ.length + best;
        }
        return pair(energy);
    }

    private int pair(double energy) {
        for (int[] pair : PAIRS) {
            double low = power[pair[0]];
            double high = power[pair[1]];
            if (low + high > LEAST_PAIR_SHARE * energy && low < MOST_TWIST * high && high < MOST_TWIST * low) {
                level = energy;
                pairBlocks++;
                blocksSincePair = pairBlocks >= SURE_PAIR_BLOCKS ? 0 : blocksSincePair;
                return pair[0] * HZ.length + pair[1];
            }
        }
        pairBlocks = 0;
        return OTHER;
    }

    private void follow(int now) {
        if (now == OTHER) {
            strangeBlocks++;
            if (strangeBlocks > 2) {
                forget();
            } else if (offBlocks > 0) {
                offBlocks++;
            } else {
                onBlocks += onBlocks > 0 ? 1 : 0;
            }
            return;
        }
        strangeBlocks = 0;
        if (now == SILENT) {
            if (onBlocks > 0) {
                offBlocks++;
            }
        } else if (offBlocks > 0) {
            complete(now == tone);
            begin(now);
        } else if (now == tone || onBlocks <= 1) {
            tone = now;
            onBlocks++;
        } else {
            forget();
            begin(now);
        }
    }

    private void begin(int now) {
        tone = now;
        onBlocks = 1;
        offBlocks = 0;
    }

    /** A tone and the silence behind it are over, and a tone begins again. */
    private void complete(boolean same) {
        int onMs = onBlocks * BLOCK_MS;
        int offMs = offBlocks * BLOCK_MS;
        Cadence part = same ? cadence(onMs, offMs) : Cadence.NONE;
        parts = part == cadence ? parts + 1 : 1;
        cadence = part;
        if (part == Cadence.NONE || part == told || (part != Cadence.RINGBACK && parts < SURE_PARTS)) {
            return;
        }
        told = part;
        Tone name = switch (part) {
            case BUSY -> Tone.BUSY;
            case CONGESTION -> Tone.CONGESTION;
            default -> Tone.RINGBACK;
        };
        sink.onTone(name, HZ[tone / HZ.length], onMs);
    }

    private static Cadence cadence(int onMs, int offMs) {
        if (onMs >= 300 && onMs <= 3000 && offMs >= 1500 && offMs <= 6500) {
            return Cadence.RINGBACK;
        }
        if (Math.abs(onMs - offMs) > 125) {
            return Cadence.NONE;
        }
        if (onMs >= 150 && onMs < 310 && offMs < 310) {
            return Cadence.CONGESTION;
        }
        return onMs >= 300 && onMs <= 700 && offMs <= 700 ? Cadence.BUSY : Cadence.NONE;
    }

    private void forget() {
        level = 0;
        onBlocks = 0;
        offBlocks = 0;
        parts = 0;
        cadence = Cadence.NONE;
        told = Cadence.NONE;
        tone = SILENT;
    }
}
