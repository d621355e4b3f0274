package dev.revox.audio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.speech.Allocation;
import dev.revox.line.MediaReport;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossPatternTest {

    private static final long SEED = 20_261_128;

    /** '.' came, 'x' is missing. */
    private static MediaReport.Quality of(String fates) {
        EarQuality quality = new EarQuality();
        for (int i = 0; i < fates.length(); i++) {
            if (fates.charAt(i) == 'x') {
                quality.pattern().missing(1);
            } else {
                quality.pattern().came();
                quality.passed(20_000, 0, 5000);
            }
        }
        quality.publish();
        return quality.report(-1, 20);
    }

    @Test
    void a_call_without_loss_is_one_gap_of_its_length() {
        MediaReport.Quality quality = of(".".repeat(500));
        assertThat(quality.lossRate()).isZero();
        assertThat(quality.gapDensity()).isZero();
        assertThat(quality.burstMs()).isZero();
        assertThat(quality.gapMs()).isEqualTo(10_000);
    }

    @Test
    void nothing_received_is_no_judgement() {
        assertThat(of("")).isEqualTo(MediaReport.Quality.NONE);
    }

    @Test
    void missing_packets_with_16_between_them_belong_to_the_gap_and_with_15_are_a_burst() {
        MediaReport.Quality alone = of(".".repeat(32) + "x" + ".".repeat(16) + "x" + ".".repeat(50));
        assertThat(alone.burstDensity()).isZero();
        assertThat(alone.burstMs()).isZero();
        assertThat(alone.gapDensity()).isEqualTo(2 / 100.0);
        assertThat(alone.gapMs()).isEqualTo(2000);

        MediaReport.Quality together = of(".".repeat(33) + "x" + ".".repeat(15) + "x" + ".".repeat(50));
        assertThat(together.burstDensity()).isEqualTo(2 / 17.0);
        assertThat(together.burstMs()).isEqualTo(17 * 20);
        assertThat(together.gapDensity()).isZero();
        // 33 and 50 packets.
        assertThat(together.gapMs()).isEqualTo(830);
    }

    @Test
    void two_bursts_an_odd_one_and_the_gaps_around_them_by_hand() {
        // Gap 20, burst 4 (3 missing), gap 16 + 1 missing + 16, burst 2 (2 missing), gap 40.
        MediaReport.Quality quality =
                of(".".repeat(20) + "xx.x" + ".".repeat(16) + "x" + ".".repeat(16) + "xx" + ".".repeat(40));
        assertThat(quality.lossRate()).isEqualTo(6 / 99.0);
        assertThat(quality.burstDensity()).isEqualTo(5 / 6.0);
        assertThat(quality.burstMs()).isEqualTo(60);
        assertThat(quality.gapDensity()).isEqualTo(1 / 93.0);
        assertThat(quality.gapMs()).isEqualTo(93 * 20 / 3);
    }

    @Test
    void a_call_that_begins_and_ends_with_bursts_has_the_gap_between_them() {
        MediaReport.Quality quality = of("xxx" + ".".repeat(100) + "x.x");
        assertThat(quality.burstMs()).isEqualTo(60);
        assertThat(quality.burstDensity()).isEqualTo(5 / 6.0);
        assertThat(quality.gapMs()).isEqualTo(2000);
    }

    @Test
    void what_comes_too_late_is_discarded_and_not_lost_and_moves_no_burst() {
        EarQuality quality = new EarQuality();
        for (int i = 0; i < 50; i++) {
            quality.pattern().came();
            quality.passed(20_000, 1000, 5000);
        }
        quality.pattern().missing(2);
        quality.pattern().cameTooLate();
        quality.publish();
        MediaReport.Quality report = quality.report(80_000, 20);
        assertThat(report.lossRate()).isEqualTo(1 / 52.0);
        assertThat(report.discardRate()).isEqualTo(1 / 52.0);
        assertThat(report.burstMs()).isEqualTo(40);
        assertThat(report.roundTripMicros()).isEqualTo(80_000);
        assertThat(report.bufferNominalMicros()).isEqualTo(1000);
        assertThat(report.bufferMaxMicros()).isEqualTo(5000);
        assertThat(report.endSystemMicros()).isEqualTo(21_000);
    }

    @Test
    void random_patterns_of_two_states_are_counted_as_the_definition_says() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            double toBad = random.nextDouble() * 0.1;
            double toGood = 0.02 + random.nextDouble();
            double lossInBad = random.nextDouble();
            double lossInGood = random.nextDouble() * 0.03;
            boolean bad = false;
            StringBuilder fates = new StringBuilder(".");
            for (int i = random.nextInt(400); i > 0; i--) {
                bad = bad ? random.nextDouble() >= toGood : random.nextDouble() < toBad;
                fates.append(random.nextDouble() < (bad ? lossInBad : lossInGood) ? 'x' : '.');
            }
            check(fates.reverse().toString(), of(fates.toString()));
        }
    }

    /** Slow and by the words: a packet is in a burst when missing packets on both of its sides are chained without a quiet stretch. */
    private static void check(String fates, MediaReport.Quality quality) {
        int length = fates.length();
        boolean[] inBurst = new boolean[length];
        for (int from = 0; from < length; from++) {
            for (int to = from + 1; to < length; to++) {
                boolean chained = fates.charAt(from) == 'x'
                        && fates.charAt(to) == 'x'
                        && !fates.substring(from, to).contains(".".repeat(LossPattern.GAP_MIN));
                for (int i = from; chained && i <= to; i++) {
                    inBurst[i] = true;
                }
            }
        }
        int[] packets = new int[2];
        int[] missing = new int[2];
        int[] stretches = new int[2];
        for (int i = 0; i < length; i++) {
            int kind = inBurst[i] ? 1 : 0;
            packets[kind]++;
            missing[kind] += fates.charAt(i) == 'x' ? 1 : 0;
            stretches[kind] += i == 0 || inBurst[i] != inBurst[i - 1] ? 1 : 0;
        }
        assertThat(quality.burstDensity()).as(fates).isEqualTo(packets[1] == 0 ? 0 : (double) missing[1] / packets[1]);
        assertThat(quality.gapDensity()).as(fates).isEqualTo(packets[0] == 0 ? 0 : (double) missing[0] / packets[0]);
        assertThat(quality.burstMs())
                .as(fates)
                .isEqualTo(stretches[1] == 0 ? 0 : (int) Math.round(packets[1] * 20.0 / stretches[1]));
        assertThat(quality.gapMs())
                .as(fates)
                .isEqualTo(stretches[0] == 0 ? 0 : (int) Math.round(packets[0] * 20.0 / stretches[0]));
    }

    @Test
    void a_whole_gap_of_numbers_counts_like_one_packet_after_the_other() {
        EarQuality one = new EarQuality();
        EarQuality other = new EarQuality();
        for (EarQuality each : new EarQuality[] {one, other}) {
            for (int i = 0; i < 100; i++) {
                each.pattern().came();
                each.passed(20_000, 0, 0);
            }
        }
        one.pattern().missing(200);
        for (int i = 0; i < 200; i++) {
            other.pattern().missing(1);
        }
        one.publish();
        other.publish();
        assertThat(one.report(-1, 20)).isEqualTo(other.report(-1, 20));
    }

    @Test
    void the_rating_is_that_of_the_formulas_by_hand() {
        // 93.2; 95 * 5 / (5 + 25.1) = 15.78; 25 * (2^(1/6) - 3 * (1 + 3^-6)^(1/6) + 2) = 3.04.
        assertThat(EModel.rating(0, 1, 0)).isEqualTo(93.2);
        assertThat(EModel.rating(0.05, 1, 0)).isCloseTo(77.42, within(0.01));
        assertThat(EModel.rating(0, 1, 200)).isCloseTo(90.16, within(0.01));
        assertThat(EModel.rating(0.05, 2, 0)).isCloseTo(93.2 - 95 * 5 / (2.5 + 25.1), within(1e-9));
        assertThat(EModel.score(93.2)).isCloseTo(4.41, within(0.005));
        assertThat(EModel.score(77.42)).isCloseTo(3.92, within(0.005));
        assertThat(EModel.score(-3)).isEqualTo(1);
        assertThat(EModel.score(100)).isEqualTo(4.5);
        assertThat(of(".".repeat(500)).mosListening()).isCloseTo(4.41, within(0.005));
    }

    @Test
    void loss_in_runs_is_judged_worse_than_the_same_loss_by_chance() {
        String apart = (".".repeat(19) + "x").repeat(50);
        String together = (".".repeat(76) + "xxxx").repeat(12) + ".".repeat(38) + "xx";
        assertThat(of(together).lossRate()).isEqualTo(of(apart).lossRate());
        assertThat(of(together).rFactor()).isLessThan(of(apart).rFactor() - 2);
    }

    @Test
    void counting_and_publishing_allocate_nothing() {
        EarQuality quality = new EarQuality();
        int[] n = new int[1];
        long bytes = Allocation.ofRounds(50_000, () -> {
            if (n[0]++ % 20 == 7) {
                quality.pattern().missing(1);
                quality.pattern().cameTooLate();
            } else {
                quality.pattern().came();
                quality.passed(20_000, 5, 5000);
            }
        });
        assertThat(bytes).isZero();
    }
}
