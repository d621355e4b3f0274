package dev.revox.audio.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.G711;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R09: the limits of a receiver of in-band digits. */
final class DtmfDetectorTest {

    private static final String ALL = "1234567890*#ABCD";
    private static final double NOMINAL_DBOV = -13;

    private record Press(char digit, int durationMs) {}

    private final List<Press> pressed = new ArrayList<>();
    private final DtmfDetector detector = new DtmfDetector((digit, ms) -> pressed.add(new Press(digit, ms)));

    private String heard() {
        StringBuilder digits = new StringBuilder();
        pressed.forEach(press -> digits.append(press.digit()));
        return digits.toString();
    }

    /** Feeds odd pieces, so that no frame length is special. */
    private void hear(short[] pcm) {
        int at = 0;
        for (int piece = 1; at < pcm.length; piece = 1 + (piece * 7 + 3) % 331) {
            int take = Math.min(piece, pcm.length - at);
            detector.accept(pcm, at, take);
            at += take;
        }
    }

    private static short[] keys(String digits, int onMs, int offMs, double dbov, double twistDb) {
        return keys(digits, onMs, offMs, dbov, twistDb, 1, 1);
    }

    private static short[] keys(
            String digits, int onMs, int offMs, double dbov, double twistDb, double rowShift, double columnShift) {
        TonePattern all = TonePattern.silence(offMs);
        for (int i = 0; i < digits.length(); i++) {
            TonePattern.Step exact =
                    Tones.digit(digits.charAt(i), onMs, dbov, twistDb).steps().getFirst();
            all = all.then(new TonePattern(
                            List.of(new TonePattern.Step(
                                    exact.lowHz() * rowShift,
                                    exact.lowDbov(),
                                    exact.highHz() * columnShift,
                                    exact.highDbov(),
                                    onMs)),
                            false))
                    .then(TonePattern.silence(offMs));
        }
        all = all.then(TonePattern.silence(60));
        return ToneSource.sound(all, 8000, 60 + offMs + digits.length() * (onMs + offMs));
    }

    private static void addNoise(short[] pcm, double rms, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.clamp(Math.round(pcm[i] + rms * random.nextGaussian()), -32768, 32767);
        }
    }

    private static void throughMuLaw(short[] pcm) {
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = G711.ULAW.decode(G711.ULAW.encode(pcm[i]));
        }
    }

    @Test
    void every_key_is_heard_once_with_its_duration() {
        hear(keys(ALL, 200, 100, NOMINAL_DBOV, 0));
        assertThat(heard()).isEqualTo(ALL);
        assertThat(pressed).allSatisfy(press -> assertThat(press.durationMs()).isBetween(178, 214));
    }

    @Test
    void r09_forty_ms_on_and_fifty_ms_off_at_any_place_of_the_blocks() {
        for (int shift = 0; shift < DtmfDetector.BLOCK; shift++) {
            pressed.clear();
            hear(new short[shift]);
            short[] keys = keys(ALL, 40, 50, NOMINAL_DBOV, 0);
            throughMuLaw(keys);
            hear(keys);
            assertThat(heard()).as("shift " + shift).isEqualTo(ALL);
        }
    }

    @Test
    void r09_the_same_key_after_fifty_ms_is_a_second_press() {
        for (int shift = 0; shift < DtmfDetector.BLOCK; shift++) {
            pressed.clear();
            hear(new short[shift]);
            hear(keys("5555500000", 50, 50, NOMINAL_DBOV, 0));
            assertThat(heard()).as("shift " + shift).isEqualTo("5555500000");
        }
    }

    @Test
    void r09_ten_digits_a_second() {
        String digits = ALL.repeat(10);
        short[] keys = keys(digits, 50, 50, NOMINAL_DBOV, 0);
        throughMuLaw(keys);
        hear(keys);
        assertThat(heard()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(doubles = {8, 6, 4, 2, 0, -2, -4})
    void r09_twist_from_8_to_minus_4_db(double twistDb) {
        short[] keys = keys(ALL, 50, 50, NOMINAL_DBOV, twistDb);
        throughMuLaw(keys);
        hear(keys);
        assertThat(heard()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, -8})
    void a_twist_that_no_telephone_has_is_no_key(double twistDb) {
        hear(keys(ALL, 50, 50, NOMINAL_DBOV, twistDb));
        assertThat(heard()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "8, 2", "-4, 3"})
    void r09_noise_15_db_below_the_keys(double twistDb, long seed) {
        String digits = ALL.repeat(60);
        short[] keys = keys(digits, 50, 50, NOMINAL_DBOV, twistDb);
        double low = 32767 * Math.pow(10, NOMINAL_DBOV / 20);
        double high = 32767 * Math.pow(10, (NOMINAL_DBOV - twistDb) / 20);
        addNoise(keys, Math.sqrt(low * low + high * high) * Math.pow(10, -15 / 20.0), seed);
        hear(keys);
        assertThat(heard()).as("seed " + seed).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10, 20, 26})
    void r09_keys_that_lost_up_to_26_db(double lossDb) {
        short[] keys = keys(ALL, 50, 50, -7 - lossDb, 0);
        throughMuLaw(keys);
        hear(keys);
        assertThat(heard()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({"1.015, 1.015", "0.985, 0.985", "1.015, 0.985", "0.985, 1.015", "1.015, 1", "1, 0.985"})
    void r09_frequencies_off_by_one_and_a_half_percent_are_taken(double row, double column) {
        for (double twistDb : new double[] {0, 8, -4}) {
            pressed.clear();
            hear(keys(ALL, 50, 50, NOMINAL_DBOV, twistDb, row, column));
            assertThat(heard()).as("twist " + twistDb).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.035, 1", "0.965, 1", "1, 1.035", "1, 0.965", "1.035, 1.035", "0.965, 0.965"})
    void r09_frequencies_off_by_three_and_a_half_percent_are_not(double row, double column) {
        for (double twistDb : new double[] {0, 8, -4}) {
            hear(keys(ALL, 200, 50, NOMINAL_DBOV, twistDb, row, column));
            assertThat(heard()).as("twist " + twistDb).isEmpty();
        }
    }

    @Test
    void a_dropout_of_ten_ms_does_not_make_two_keys_of_one() {
        for (int shift = 0; shift < DtmfDetector.BLOCK; shift++) {
            pressed.clear();
            short[] key = keys("7", 300, 60, NOMINAL_DBOV, 0);
            java.util.Arrays.fill(key, 1600 + shift, 1680 + shift, (short) 0);
            hear(key);
            assertThat(heard()).as("shift " + shift).isEqualTo("7");
        }
    }

    @Test
    void tones_of_the_network_and_noise_are_no_keys() {
        for (String region : List.of("US", "GB", "DE", "FR", "CN", "JP")) {
            hear(ToneSource.sound(Tones.ringback(region), 8000, 7000));
            hear(ToneSource.sound(Tones.busy(region), 8000, 3000));
        }
        for (double hz = 300; hz < 3400; hz += 7) {
            hear(ToneSource.sound(Tones.beep(hz, 100), 8000, 100));
        }
        hear(Speech.noise(400_000, 6000, 17));
        hear(Speech.vowel(8000, 80_000, 116, 5000));
        assertThat(heard()).isEmpty();
    }

    @Test
    void an_interruption_ends_a_press() {
        short[] key = keys("4", 200, 100, NOMINAL_DBOV, 0);
        detector.accept(key, 0, 1600);
        detector.interrupt();
        assertThat(heard()).isEqualTo("4");
    }

    @Test
    void fifty_thousand_frames_allocate_nothing() {
        short[] keys = keys(ALL, 50, 50, NOMINAL_DBOV, 0);
        DtmfDetector quiet = new DtmfDetector((digit, ms) -> {});
        int[] at = new int[1];
        long bytes = Allocation.ofRounds(50_000, () -> {
            quiet.accept(keys, at[0], 160);
            at[0] = (at[0] + 160) % (keys.length - 160);
        });
        assertThat(bytes).isZero();
    }
}
