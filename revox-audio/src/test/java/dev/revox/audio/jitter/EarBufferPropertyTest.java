package dev.revox.audio.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.jitter.EarBuffer.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EarBufferPropertyTest {

    private static final long MS = 1_000_000L;
    private static final int TICKS = 160;

    private record Packet(int number, long atNanos) {}

    /** Packets of a stream, each 20 ms after the other, with loss, duplicates and delays of their own. */
    private static List<Packet> network(Random random, int packets, double loss, double duplicates, double sigmaMs) {
        List<Packet> arriving = new ArrayList<>();
        for (int n = 0; n < packets; n++) {
            for (int copies = random.nextDouble() < duplicates ? 2 : 1; copies > 0; copies--) {
                if (random.nextDouble() >= loss || n == 0) {
                    double delayMs = n == 0 ? 0 : 60 + Math.max(-60, random.nextGaussian() * sigmaMs);
                    arriving.add(new Packet(n, (long) ((20.0 * n + delayMs) * MS)));
                }
            }
        }
        arriving.sort(Comparator.comparingLong(Packet::atNanos));
        return arriving;
    }

    /** What came out, and how long after its packet's arrival. */
    private static final class Listener {
        final EarBuffer ear = new EarBuffer(8000);
        final List<Integer> numbers = new ArrayList<>();
        final List<Long> delays = new ArrayList<>();
        final int first;
        long clock;
        int concealedTicks;

        Listener(int first) {
            this.first = first;
        }

        void hear(List<Packet> packets) {
            byte[] payload = new byte[TICKS];
            int next = 0;
            long end = packets.get(packets.size() - 1).atNanos() + 100 * MS;
            for (long now = 0; now <= end; now += MS) {
                while (next < packets.size() && packets.get(next).atNanos() <= now) {
                    Packet packet = packets.get(next++);
                    int number = packet.number();
                    payload[0] = (byte) (number >> 8);
                    payload[1] = (byte) number;
                    int sequence = (first + number) & 0xFFFF;
                    ear.offer(payload, 0, TICKS, 0, sequence, 77 + number * TICKS, TICKS, packet.atNanos());
                    take(packet.atNanos());
                }
                take(now);
            }
        }

        private void take(long now) {
            for (Verdict verdict = ear.poll(now); verdict != Verdict.NOTHING; verdict = ear.poll(now)) {
                clock += ear.gapTicks() * (verdict == Verdict.PACKET ? 1 : 0);
                assertThat(ear.mediaTicks()).isEqualTo(clock);
                if (verdict == Verdict.PACKET) {
                    int at = ear.offset();
                    int number = ((ear.bytes()[at] & 0xFF) << 8) | (ear.bytes()[at + 1] & 0xFF);
                    assertThat(ear.mediaTicks()).isEqualTo((long) number * TICKS);
                    numbers.add(number);
                    delays.add(now - ear.arrivalNanos());
                    clock += TICKS;
                } else {
                    clock += ear.holeTicks();
                    concealedTicks += ear.holeTicks();
                }
            }
        }
    }

    @Property(tries = 60)
    void each_packet_comes_out_once_in_order_at_its_own_time(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 65_535) int first,
            @ForAll @IntRange(min = 0, max = 30) int lossPercent,
            @ForAll @IntRange(min = 0, max = 30) int duplicatePercent,
            @ForAll @IntRange(min = 0, max = 40) int sigmaMs) {
        List<Packet> packets = network(new Random(seed), 400, lossPercent / 100.0, duplicatePercent / 100.0, sigmaMs);
        Listener listener = new Listener(first);
        listener.hear(packets);
        assertThat(listener.numbers).doesNotHaveDuplicates().isSorted();
        Set<Integer> arrived = new HashSet<>();
        packets.forEach(packet -> arrived.add(packet.number()));
        EarBuffer ear = listener.ear;
        assertThat(listener.numbers.size() + ear.latePackets()).isEqualTo(arrived.size());
        assertThat(ear.duplicatePackets()).isEqualTo(packets.size() - arrived.size());
        int last = listener.numbers.get(listener.numbers.size() - 1);
        long missing = last + 1 - arrived.stream().filter(n -> n <= last).count();
        assertThat(ear.lostPackets()).isEqualTo(missing);
    }

    @Test
    void r05_delay_and_concealment_stay_small_on_bad_lines() {
        report("clean", 0, 0, 1e-3, 0.1);
        report("uniform jitter below a frame", 0, 5, 6, 0.1);
        report("normal jitter of 13 ms", 0, 13, 41, 0.1);
        report("loss of 5 %", 0.05, 2, 12, 0.1);
        report("loss of 5 %, jitter of 20 ms, 1 % duplicates", 0.05, 20, 81, 0.15);
    }

    private static void report(String line, double loss, double sigmaMs, double worstMs, double extraPercent) {
        int count = 30_000;
        List<Packet> packets = network(new Random(42), count, loss, 0.01, sigmaMs);
        Listener listener = new Listener(60_000);
        listener.hear(packets);
        List<Long> delays = listener.delays.stream().sorted().toList();
        double median = delays.get(delays.size() / 2) / 1e6;
        double p99 = delays.get(delays.size() * 99 / 100) / 1e6;
        Set<Integer> arrived = new HashSet<>();
        packets.forEach(packet -> arrived.add(packet.number()));
        double lost = 100.0 * (count - arrived.size()) / count;
        double concealed = 100.0 * listener.concealedTicks / TICKS / count;
        System.out.printf(
                "Ear buffer, %s: delay median %.1f ms, p99 %.1f ms, lost %.2f %%, concealed %.2f %%%n",
                line, median, p99, lost, concealed);
        assertThat(median).as(line).isLessThanOrEqualTo(1.0);
        assertThat(p99).as(line).isLessThanOrEqualTo(worstMs);
        assertThat(concealed).as(line).isLessThanOrEqualTo(lost + extraPercent);
    }
}
