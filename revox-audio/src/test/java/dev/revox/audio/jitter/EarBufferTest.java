package dev.revox.audio.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.jitter.EarBuffer.Verdict;
import dev.revox.audio.speech.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarBufferTest {

    private static final long MS = 1_000_000L;
    private static final int TICKS = 160;

    private final EarBuffer ear = new EarBuffer(8000);
    private final List<String> heard = new ArrayList<>();
    private final byte[] payload = new byte[TICKS];

    /** Offers packet number n of a stream that begins at sequence number and timestamp 0, and takes what is ready. */
    private void arrives(int n, long atMs) {
        arrives(n, n * TICKS, atMs);
    }

    private void arrives(int sequence, int timestamp, long atMs) {
        payload[0] = (byte) sequence;
        ear.offer(payload, 0, TICKS, 0, sequence & 0xFFFF, timestamp, TICKS, atMs * MS);
        takes(atMs);
    }

    private void takes(long atMs) {
        for (Verdict verdict = ear.poll(atMs * MS); verdict != Verdict.NOTHING; verdict = ear.poll(atMs * MS)) {
            if (verdict == Verdict.PACKET) {
                String gap = ear.gapTicks() > 0 ? "gap" + ear.gapTicks() + " " : "";
                heard.add(gap + (ear.bytes()[ear.offset()] & 0xFF) + "@" + ear.mediaTicks());
            } else {
                heard.add("hole" + ear.holeTicks() + (ear.redundancyReady() ? "r" : "") + "@" + ear.mediaTicks());
            }
        }
    }

    @Test
    void packets_in_order_come_out_at_once() {
        arrives(0, 0);
        arrives(1, 20);
        arrives(2, 40);
        assertThat(heard).containsExactly("0@0", "1@160", "2@320");
    }

    @Test
    void a_burst_after_a_stall_comes_out_as_fast_as_it_is_polled() {
        arrives(0, 0);
        arrives(1, 500);
        arrives(2, 500);
        arrives(3, 500);
        assertThat(heard).containsExactly("0@0", "1@160", "2@320", "3@480");
    }

    @Test
    void a_reordered_packet_is_put_back_in_its_place() {
        arrives(0, 0);
        arrives(2, 40);
        assertThat(heard).containsExactly("0@0");
        arrives(1, 45);
        assertThat(heard).containsExactly("0@0", "1@160", "2@320");
        assertThat(ear.lostPackets()).isZero();
    }

    @Test
    void a_lost_packet_becomes_a_hole_with_redundancy_after_the_wait() {
        arrives(0, 0);
        arrives(2, 40);
        takes(59);
        assertThat(heard).containsExactly("0@0");
        takes(64);
        assertThat(heard).containsExactly("0@0", "hole160r@160", "2@320");
        assertThat(ear.lostPackets()).isEqualTo(1);
    }

    @Test
    void only_the_last_packet_of_a_hole_can_be_taken_from_the_next_one() {
        arrives(0, 0);
        arrives(4, 80);
        takes(121);
        assertThat(heard).containsExactly("0@0", "hole160@160", "hole160@320", "hole160r@480", "4@640");
    }

    @Test
    void what_is_missing_beyond_120_ms_is_a_gap() {
        arrives(0, 0);
        arrives(20, 400);
        takes(441);
        assertThat(heard).hasSize(8).startsWith("0@0", "hole160@160").endsWith("hole160@960", "gap2080 20@3200");
        assertThat(ear.lostPackets()).isEqualTo(19);
    }

    @Test
    void a_loss_longer_than_the_window_is_not_waited_for() {
        arrives(0, 0);
        arrives(1000, 1000 * TICKS, 20_000);
        assertThat(heard).endsWith("gap158880 232@160000");
        assertThat(ear.lostPackets()).isEqualTo(999);
        arrives(1001, 1001 * TICKS, 20_020);
        assertThat(heard).endsWith("233@160160");
    }

    @Test
    void duplicates_and_latecomers_are_dropped_and_counted() {
        arrives(0, 0);
        arrives(0, 1);
        arrives(2, 40);
        arrives(2, 41);
        takes(81);
        arrives(1, 90);
        arrives(1, 91);
        arrives(3, 92);
        assertThat(heard).containsExactly("0@0", "hole160r@160", "2@320", "3@480");
        assertThat(ear.duplicatePackets()).isEqualTo(3);
        assertThat(ear.latePackets()).isEqualTo(1);
        assertThat(ear.lostPackets()).isZero();
    }

    @Test
    void the_wait_follows_the_reordering_seen_within_5_to_40_ms() {
        assertThat(ear.holeWaitNanos()).isBetween(19 * MS, 23 * MS);
        long at = 0;
        int n = 0;
        for (; n < 8000; n++) {
            arrives(n, at += 20);
        }
        assertThat(ear.holeWaitNanos()).isBetween(5 * MS, 6 * MS);
        arrives(n + 1, at += 20);
        arrives(n, at + 4);
        arrives(n + 3, at += 20);
        takes(at + 10);
        arrives(n + 2, at + 30);
        assertThat(ear.latePackets()).isEqualTo(1);
        assertThat(ear.holeWaitNanos()).isGreaterThan(30 * MS);
        arrives(n + 5, at += 60);
        arrives(n + 4, at + 300);
        assertThat(ear.holeWaitNanos()).isLessThanOrEqualTo(40 * MS);
    }

    @Test
    void sequence_numbers_and_timestamps_wrap_without_anyone_noticing() {
        int sequence = 65_400;
        int timestamp = 0xFFFF_FFFF - 100 * TICKS;
        for (int i = 0; i < 400; i++) {
            if (i % 50 == 49) {
                continue;
            }
            arrives(sequence + i, timestamp + i * TICKS, 20L * i);
            takes(20L * i + 19);
        }
        takes(9000);
        assertThat(heard).hasSize(399).endsWith(((65_400 + 398) & 0xFF) + "@" + 398 * TICKS);
        assertThat(ear.lostPackets()).isEqualTo(7);
    }

    @Test
    void silence_that_was_never_sent_is_a_gap_and_not_a_loss() {
        arrives(0, 0);
        arrives(1, 50 * TICKS, 1000);
        // Longer than 3 s, but the clock on the wall agrees.
        arrives(2, 300 * TICKS, 6000);
        assertThat(heard).containsExactly("0@0", "gap7840 1@8000", "gap39840 2@48000");
        assertThat(ear.resyncs()).isZero();
    }

    @Test
    void r01_a_timestamp_jump_beyond_3_s_is_a_new_beginning_and_not_silence() {
        arrives(0, 0);
        arrives(1, 1_000_000, 20);
        assertThat(ear.resynced()).isTrue();
        arrives(2, 1_000_000 + TICKS, 40);
        assertThat(ear.resynced()).isFalse();
        arrives(3, 77, 60);
        assertThat(heard).containsExactly("0@0", "1@160", "2@320", "3@480");
        assertThat(ear.resyncs()).isEqualTo(2);
    }

    @Test
    void a_timestamp_that_stands_still_moves_the_media_clock_only_by_the_sound() {
        arrives(0, 0);
        arrives(1, 0, 20);
        arrives(2, 0, 40);
        assertThat(heard).containsExactly("0@0", "1@160", "2@320");
    }

    @Test
    void digits_take_sequence_numbers_but_are_not_losses() {
        arrives(0, 0);
        for (int n = 1; n < 6; n++) {
            ear.offerSilent(n, 20L * n * MS);
            takes(20L * n);
        }
        arrives(6, 120);
        assertThat(heard).containsExactly("0@0", "gap800 6@960");
        assertThat(ear.lostPackets()).isZero();
    }

    @Test
    void a_restarted_sender_is_believed_with_its_second_packet() {
        arrives(0, 0);
        arrives(30_000, 5_000_000, 20);
        assertThat(heard).containsExactly("0@0");
        arrives(30_001, 5_000_000 + TICKS, 40);
        assertThat(ear.resynced()).isTrue();
        arrives(30_002, 5_000_000 + 2 * TICKS, 60);
        assertThat(heard).hasSize(3).endsWith((30_002 & 0xFF) + "@320");
        assertThat(ear.resyncs()).isEqualTo(1);
        assertThat(ear.refusedPackets()).isEqualTo(1);
    }

    @Test
    void another_source_goes_on_on_the_same_media_clock() {
        arrives(0, 0);
        arrives(1, 20);
        ear.reset();
        arrives(500, 123_456, 40);
        ear.reset();
        arrives(7, 99, 1060);
        assertThat(heard).containsExactly("0@0", "1@160", "244@320", "gap8000 7@8480");
    }

    @Test
    void hostile_lengths_are_refused() {
        ear.offer(payload, 0, -1, 0, 0, 0, TICKS, 0);
        ear.offer(payload, 100, 160, 0, 0, 0, TICKS, 0);
        ear.offer(new byte[3000], 0, 3000, 0, 0, 0, TICKS, 0);
        ear.offer(payload, 0, 160, 0, 0, 0, 0, 0);
        takes(1000);
        assertThat(heard).isEmpty();
        assertThat(ear.refusedPackets()).isEqualTo(4);
    }

    @Test
    void nothing_is_allocated_however_the_packets_come() {
        int[] n = new int[1];
        long[] sum = new long[1];
        long bytes = Allocation.ofRounds(50_000, () -> {
            int i = n[0]++;
            long now = i * (20 * MS);
            int sequence = i % 10 == 3 ? i + 1 : i % 10 == 4 ? i - 1 : i;
            if (i % 17 != 0) {
                ear.offer(payload, 0, TICKS, 0, sequence & 0xFFFF, sequence * TICKS, TICKS, now);
            }
            while (ear.poll(now) != Verdict.NOTHING) {
                sum[0] += ear.mediaTicks();
            }
        });
        assertThat(bytes).isZero();
        assertThat(sum[0]).isPositive();
    }
}
