package dev.revox.audio.tone;

/**
 * Hears key presses in sound.
 *
 * <p>Blocks of {@value #BLOCK} samples are looked at on their own: one row and one column must stand out and hold most of the
 * energy. A press is believed when two blocks in a row say the same key and pass what speech does not: both frequencies, measured
 * by how their phases moved on, lie within {@value #FREQUENCY_SHARE} of where they belong, what is left of the energy is little,
 * and neither has a second harmonic. Two blocks without it end the press.
 *
 * <p>Two whole blocks fit into every 40 ms of tone and every 50 ms of pause, wherever the blocks begin.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing. <b>Units:</b> samples at 8 kHz. <b>Spec:</b> ITU-T Q.24.
 */
public final class DtmfDetector {

    /** Where key presses go. */
    @FunctionalInterface
    public interface Sink {
        /** A key was pressed and has been let go. */
        void onDigit(char digit, int durationMs);
    }

    static final int BLOCK = 102;
    static final double FREQUENCY_SHARE = 0.024;

    private static final int RATE_HZ = 8000;
    private static final int NONE = -1;
    private static final int MISSES_THAT_END = 2;

    /** Each frequency must have 500 of 32767 at its peak. */
    private static final double LEAST_POWER = 500.0 * 500 / 2;

    /** Rows may be 8 dB louder than columns and columns 4 dB louder than rows; a little is added for noise. */
    private static final double MOST_ROW_OVER_COLUMN = Math.pow(10, 0.9);

    private static final double MOST_COLUMN_OVER_ROW = Math.pow(10, 0.5);

    /** The same at first sight, when a frequency a little beside its place looks weaker than it is: 3 dB more. */
    private static final double AT_FIRST_SIGHT = 2;

    /** How far the strongest of a group stands out: 6 dB. */
    private static final double PEAK_OVER_NEIGHBOURS = 4;

    private static final double LEAST_SHARE_AT_FIRST = 0.42;
    private static final double LEAST_SHARE = 0.84;
    private static final double MOST_ROW_HARMONIC = 0.2;
    private static final double MOST_COLUMN_HARMONIC = 0.06;

    /** Of a long press most pairs of blocks convince; of a vowel that once looks like a key few do. */
    private static final double SURE_SHARE = 0.8;

    /** Blocks at the edges of a press that are not full of it, and the first, which has none before it. */
    private static final int EDGE_BLOCKS = 3;

    private final Sink sink;
    private final Goertzel[] rows = bank(Tones.ROW_HZ, 1);
    private final Goertzel[] columns = bank(Tones.COLUMN_HZ, 1);
    private final Goertzel[] rowHarmonics = bank(Tones.ROW_HZ, 2);
    private final Goertzel[] columnHarmonics = bank(Tones.COLUMN_HZ, 2);

    /** The block before and the block that is being filled. */
    private final float[] samples = new float[2 * BLOCK];

    private final CloseLook closeLook = new CloseLook();
    private final double[] rowPower = new double[4];
    private final double[] columnPower = new double[4];
    private int filled = BLOCK;
    private int keyBefore = NONE;

    private int pressed = NONE;
    private int blocks;
    private int sureBlocks;
    private int misses;

    public DtmfDetector(Sink sink) {
        this.sink = sink;
    }

    private static Goertzel[] bank(double[] hz, int harmonic) {
        Goertzel[] bank = new Goertzel[hz.length];
        for (int i = 0; i < hz.length; i++) {
            bank[i] = new Goertzel(harmonic * hz[i], RATE_HZ);
        }
        return bank;
    }

    /** Takes samples of any number. */
    public void accept(short[] pcm, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            samples[filled++] = pcm[i];
            if (filled == 2 * BLOCK) {
                judge();
                System.arraycopy(samples, BLOCK, samples, 0, BLOCK);
                filled = BLOCK;
            }
        }
    }

    /** Sound is missing here: what comes next has nothing to do with what was before. A key that is held down is let go. */
    public void interrupt() {
        letGo();
        keyBefore = NONE;
        filled = BLOCK;
    }

    private void judge() {
        double energy = 0;
        for (int i = BLOCK; i < 2 * BLOCK; i++) {
            energy += samples[i] * samples[i];
        }
        energy /= BLOCK;
        int hit = energy < 2 * LEAST_POWER ? NONE : look(energy);
        boolean key = hit != NONE && standsOut(rowPower, hit / 4) && standsOut(columnPower, hit % 4);
        boolean sure = key && hit == keyBefore && convincing(hit);
        keyBefore = key ? hit : NONE;
        follow(hit, sure);
    }

    /** The key that a block may belong to, or none. */
    private int look(double energy) {
        int row = strongest(rows, rowPower);
        int column = strongest(columns, columnPower);
        double low = rowPower[row];
        double high = columnPower[column];
        boolean key = low >= LEAST_POWER
                && high >= LEAST_POWER
                && low <= high * MOST_ROW_OVER_COLUMN * AT_FIRST_SIGHT
                && high <= low * MOST_COLUMN_OVER_ROW * AT_FIRST_SIGHT
                && low + high > LEAST_SHARE_AT_FIRST * energy;
        return key ? row * 4 + column : NONE;
    }

    private int strongest(Goertzel[] bank, double[] power) {
        Goertzel.lookFour(bank, 0, samples, BLOCK, BLOCK);
        int best = 0;
        for (int i = 0; i < bank.length; i++) {
            power[i] = bank[i].power(BLOCK);
            best = power[i] > power[best] ? i : best;
        }
        return best;
    }

    private static boolean standsOut(double[] power, int best) {
        for (int i = 0; i < power.length; i++) {
            if (i != best && power[i] * PEAK_OVER_NEIGHBOURS > power[best]) {
                return false;
            }
        }
        return true;
    }

    /** What two blocks of a key show and two blocks of speech do not. */
    private boolean convincing(int key) {
        closeLook.take(samples);
        if (!closeLook.holds(rows[key / 4], FREQUENCY_SHARE * Tones.ROW_HZ[key / 4] / RATE_HZ)) {
            return false;
        }
        double low = closeLook.power();
        if (!closeLook.holds(columns[key % 4], FREQUENCY_SHARE * Tones.COLUMN_HZ[key % 4] / RATE_HZ)) {
            return false;
        }
        double high = closeLook.power();
        return low <= high * MOST_ROW_OVER_COLUMN
                && high <= low * MOST_COLUMN_OVER_ROW
                && closeLook.share() > LEAST_SHARE
                && withoutHarmonics(key);
    }

    private boolean withoutHarmonics(int key) {
        Goertzel second = rowHarmonics[key / 4];
        second.look(samples, 0, 2 * BLOCK);
        if (second.power(2 * BLOCK) > MOST_ROW_HARMONIC * rowPower[key / 4]) {
            return false;
        }
        second = columnHarmonics[key % 4];
        second.look(samples, 0, 2 * BLOCK);
        return second.power(2 * BLOCK) <= MOST_COLUMN_HARMONIC * columnPower[key % 4];
    }

    private void follow(int hit, boolean sure) {
        if (sure && hit != pressed) {
            letGo();
            pressed = hit;
            blocks = 2;
            sureBlocks = 1;
            misses = 0;
            return;
        }
        if (pressed == NONE) {
            return;
        }
        if (hit == pressed) {
            blocks += 1 + misses;
            sureBlocks += sure ? 1 : 0;
            misses = 0;
        } else {
            misses++;
            if (misses == MISSES_THAT_END) {
                letGo();
            }
        }
    }

    private void letGo() {
        if (pressed == NONE) {
            return;
        }
        char digit = Tones.DIGITS.charAt(pressed);
        pressed = NONE;
        if (sureBlocks >= SURE_SHARE * (blocks - EDGE_BLOCKS)) {
            sink.onDigit(digit, blocks * BLOCK * 1000 / RATE_HZ);
        }
    }
}
