package dev.revox.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.rtp.RtpReceiver.Verdict;
import org.junit.jupiter.api.Test;

/** R01, R03: RFC 3550 §A.1, §A.3, §A.8. */
final class RtpReceiverTest {

    private final RtpReceiver receiver = new RtpReceiver();

    private Verdict packet(int ssrc, int number) {
        return receiver.onPacket(ssrc, number & 0xFFFF, number * 160L & 0xFFFF_FFFFL, number * 20_000_000L);
    }

    @Test
    void a_source_is_on_probation_until_two_packets_in_sequence() {
        assertThat(packet(1, 10)).isEqualTo(Verdict.PROBATION);
        assertThat(packet(1, 12)).isEqualTo(Verdict.PROBATION);
        assertThat(packet(1, 13)).isEqualTo(Verdict.ACCEPT_NEW_STREAM);
        assertThat(packet(1, 14)).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void the_extended_sequence_goes_on_across_the_wrap_and_loss_is_counted() {
        Verdict unused = packet(1, 65_529);
        for (int i = 65_530; i < 65_600; i++) {
            if (i % 10 != 5) {
                unused = packet(1, i);
            }
        }
        assertThat(receiver.extendedHighestSequence()).isEqualTo(65_599);
        assertThat(receiver.received()).isEqualTo(63);
        assertThat(receiver.lost()).isEqualTo(7);
        assertThat(receiver.takeFractionLost()).isEqualTo(7 * 256 / 70);
        assertThat(receiver.takeFractionLost()).isZero();
        assertThat(receiver.jitterTicks()).isZero();
    }

    @Test
    void reordered_and_late_packets_are_no_loss() {
        Verdict unused = packet(1, 0);
        for (int i = 1; i < 100; i += 2) {
            unused = packet(1, i + 1);
            unused = packet(1, i);
        }
        assertThat(receiver.lost()).isLessThanOrEqualTo(1);
    }

    @Test
    void another_source_takes_over_with_its_second_packet_and_a_stray_one_does_not() {
        Verdict unused = packet(1, 0);
        unused = packet(1, 1);
        assertThat(packet(2, 5000)).isEqualTo(Verdict.PROBATION);
        assertThat(packet(1, 2)).isEqualTo(Verdict.ACCEPT);
        assertThat(packet(2, 5001)).isEqualTo(Verdict.PROBATION);
        assertThat(packet(2, 5002)).isEqualTo(Verdict.ACCEPT_NEW_STREAM);
        assertThat(receiver.ssrc()).isEqualTo(2);
        assertThat(receiver.streams()).isEqualTo(2);
    }

    @Test
    void a_restarted_sequence_is_believed_at_its_second_packet() {
        Verdict unused = packet(1, 0);
        unused = packet(1, 1);
        assertThat(packet(1, 30_000)).isEqualTo(Verdict.DROP);
        assertThat(packet(1, 30_001)).isEqualTo(Verdict.ACCEPT_NEW_STREAM);
    }

    @Test
    void jitter_follows_the_difference_of_transit_times() {
        long arrival = 0;
        for (int i = 0; i < 1000; i++) {
            // Every second packet is 10 ms late: |D| is always 80 ticks, which the estimate tends to.
            arrival = i * 20_000_000L + (i % 2) * 10_000_000L;
            Verdict unused = receiver.onPacket(9, i, i * 160L, arrival);
        }
        assertThat(receiver.jitterTicks()).isBetween(75L, 81L);
        assertThat(receiver.jitterMicros()).isBetween(9_300L, 10_200L);
    }
}
