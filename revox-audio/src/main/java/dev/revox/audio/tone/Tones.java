package dev.revox.audio.tone;

import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.media.Tone;
import java.util.List;
import java.util.Locale;

/**
 * The tones of the telephone network, ready to be made: digits, beeps, what a caller hears, what fax machines say.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Units:</b> levels in dBov per frequency; 0 dBm0 is -6.15 dBov. <b>Spec:</b> ITU-T Q.23
 * (digits), E.180 supplement 2 (cadences by country), E.182 (special information tone), T.30 §4 (fax).
 */
public final class Tones {

    /** The digits by row and column. */
    static final String DIGITS = "123A456B789C*0#D";

    static final double[] ROW_HZ = {697, 770, 852, 941};
    static final double[] COLUMN_HZ = {1209, 1336, 1477, 1633};

    /** Level of a digit's lower frequency: {@value} dBov; the upper one is 2 dB louder, because lines swallow it. */
    public static final double DIGIT_DBOV = -15;

    /** Level of everything else: {@value} dBov. */
    public static final double NETWORK_DBOV = -19;

    private static final double DIGIT_TWIST_DB = -2;

    private Tones() {}

    /** Whether a character stands for a key. */
    public static boolean isDigit(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit)) >= 0;
    }

    /** A key press. */
    public static TonePattern digit(char digit, int durationMs) {
        return digit(digit, durationMs, DIGIT_DBOV, DIGIT_TWIST_DB);
    }

    /** A key press whose lower frequency has the level, and is louder than the upper one by the twist. */
    public static TonePattern digit(char digit, int durationMs, double lowDbov, double twistDb) {
        int place = DIGITS.indexOf(Character.toUpperCase(digit));
        if (place < 0) {
            throw new IllegalArgumentException("there is no such key");
        }
        return new TonePattern(
                List.of(new TonePattern.Step(
                        ROW_HZ[place / 4], lowDbov, COLUMN_HZ[place % 4], lowDbov - twistDb, durationMs)),
                false);
    }

    /** An answering machine's beep. */
    public static TonePattern beep(double hz, int durationMs) {
        return TonePattern.single(hz, NETWORK_DBOV, durationMs);
    }

    /**
     * What a caller hears while it rings.
     *
     * @param region ISO 3166 code; those that are not known have the European tone
     */
    public static TonePattern ringback(String region) {
        return switch (region.toUpperCase(Locale.ROOT)) {
            case "US", "CA" -> TonePattern.cadence(440, 480, NETWORK_DBOV, 2000, 4000);
            case "GB", "IE" -> TonePattern.cadence(400, 450, NETWORK_DBOV, 400, 200, 400, 2000);
            case "AU", "NZ" -> TonePattern.cadence(400, 450, NETWORK_DBOV, 400, 200, 400, 2000);
            case "FR" -> TonePattern.cadence(440, 0, NETWORK_DBOV, 1500, 3500);
            case "CN" -> TonePattern.cadence(450, 0, NETWORK_DBOV, 1000, 4000);
            case "ES" -> TonePattern.cadence(425, 0, NETWORK_DBOV, 1500, 3000);
            default -> TonePattern.cadence(425, 0, NETWORK_DBOV, 1000, 4000);
        };
    }

    /** What a caller hears when the person is on the telephone. {@code region} as with {@link #ringback}. */
    public static TonePattern busy(String region) {
        return switch (region.toUpperCase(Locale.ROOT)) {
            case "US", "CA" -> TonePattern.cadence(480, 620, NETWORK_DBOV, 500, 500);
            case "GB", "IE" -> TonePattern.cadence(400, 0, NETWORK_DBOV, 375, 375);
            case "JP" -> TonePattern.cadence(400, 0, NETWORK_DBOV, 500, 500);
            case "FR" -> TonePattern.cadence(440, 0, NETWORK_DBOV, 500, 500);
            case "CN" -> TonePattern.cadence(450, 0, NETWORK_DBOV, 350, 350);
            default -> TonePattern.cadence(425, 0, NETWORK_DBOV, 500, 500);
        };
    }

    /** What a caller hears when there is no way through. {@code region} as with {@link #ringback}. */
    public static TonePattern congestion(String region) {
        return switch (region.toUpperCase(Locale.ROOT)) {
            case "US", "CA" -> TonePattern.cadence(480, 620, NETWORK_DBOV, 250, 250);
            case "FR" -> TonePattern.cadence(440, 0, NETWORK_DBOV, 250, 250);
            default -> TonePattern.cadence(425, 0, NETWORK_DBOV, 250, 250);
        };
    }

    /** The three tones before an announcement. {@code kind} is one of those whose name begins with {@code SIT}. */
    public static TonePattern specialInformation(Tone kind) {
        return switch (kind) {
            case SIT_INTERCEPT -> three(913.8, 274, 1370.6, 274, 1776.7, 380);
            case SIT_VACANT -> three(985.2, 380, 1370.6, 274, 1776.7, 380);
            case SIT_REORDER -> three(913.8, 274, 1428.5, 380, 1776.7, 380);
            case SIT_NO_CIRCUIT -> three(985.2, 380, 1428.5, 380, 1776.7, 380);
            case SIT -> three(950, 330, 1400, 330, 1800, 330);
            default -> throw new IllegalArgumentException(kind + " is no special information tone");
        };
    }

    private static TonePattern three(
            double first, int firstMs, double second, int secondMs, double third, int thirdMs) {
        return beep(first, firstMs).then(beep(second, secondMs)).then(beep(third, thirdMs));
    }

    /** A calling fax machine (CNG): half a second every three and a half. */
    public static TonePattern faxCalling() {
        return TonePattern.cadence(1100, 0, NETWORK_DBOV, 500, 3000);
    }

    /** An answering fax machine (CED). */
    public static TonePattern faxAnswer() {
        return TonePattern.single(2100, NETWORK_DBOV, 3000);
    }
}
