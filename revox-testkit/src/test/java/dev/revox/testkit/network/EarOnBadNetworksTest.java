package dev.revox.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.jitter.EarBuffer.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R05: the machine's ear over ten minutes of each bad network. */
class EarOnBadNetworksTest {

    private static final long MS = 1_000_000L;
    private static final int FRAME = 160;
    private static final int TEN_MINUTES = 30_000;
    private static final long SEED = 20_261_128;
    private static final double ALLOWED_POINTS = 0.1;

    /** What an ear gave out. */
    private static final class Listener {
        final EarBuffer ear = new EarBuffer(8000);
        final List<Integer> numbers = new ArrayList<>();
        final List<Long> delays = new ArrayList<>();
        long longestWait;
        long concealedTicks;
        long clock;

        void hear(List<Datagram> arriving) {
            long now = 0;
            for (Datagram packet : arriving) {
                for (; now < packet.arrivalNanos(); now += MS) {
                    take(now);
                }
                ear.offer(
                        packet.bytes(),
                        RtpStream.HEADER,
                        FRAME,
                        0,
                        RtpStream.sequence(packet),
                        RtpStream.timestamp(packet),
                        FRAME,
                        packet.arrivalNanos());
                take(packet.arrivalNanos());
            }
            for (long end = now + 200 * MS; now < end; now += MS) {
                take(now);
            }
        }

        private void take(long now) {
            longestWait = Math.max(longestWait, ear.holeWaitNanos());
            for (Verdict verdict = ear.poll(now); verdict != Verdict.NOTHING; verdict = ear.poll(now)) {
                if (verdict == Verdict.HOLE) {
                    concealedTicks += ear.holeTicks();
                    clock += ear.holeTicks();
                } else {
                    clock += ear.gapTicks();
                    int number = ByteBuffer.wrap(ear.bytes()).getInt(ear.offset());
                    assertThat(ear.mediaTicks()).isEqualTo(clock).isEqualTo((long) number * FRAME);
                    numbers.add(number);
                    delays.add(now - ear.arrivalNanos());
                    clock += FRAME;
                }
            }
        }

        double percentMissing() {
            return 100.0 * (TEN_MINUTES - numbers.size()) / TEN_MINUTES;
        }

        long delay(double share) {
            return delays.stream().sorted().toList().get((int) (share * (delays.size() - 1)));
        }
    }

    private static Listener listener(NetworkProfile profile, List<Datagram> arriving) {
        Listener listener = new Listener();
        listener.hear(arriving);
        assertThat(listener.numbers).as(profile.name()).isSorted().doesNotHaveDuplicates();
        return listener;
    }

    private static List<Datagram> tenMinutes(NetworkProfile profile) {
        // The first packet is on time and there, so that it is where the stream begins.
        List<Datagram> sent = RtpStream.ofPackets(TEN_MINUTES);
        List<Datagram> rest = BadNetwork.carry(profile, SEED, sent.subList(1, sent.size()));
        List<Datagram> arriving = new ArrayList<>();
        arriving.add(sent.getFirst());
        arriving.addAll(rest);
        return arriving;
    }

    private static double percentLost(List<Datagram> arriving) {
        long came = arriving.stream().map(RtpStream::number).distinct().count();
        return 100.0 * (TEN_MINUTES - came) / TEN_MINUTES;
    }

    static Stream<NetworkProfile> lines() {
        return NetworkProfile.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void r05_ten_minutes_are_heard_in_order_at_once_and_nothing_is_made_up_that_came(NetworkProfile profile) {
        List<Datagram> arriving = tenMinutes(profile);
        Listener listener = listener(profile, arriving);
        double lost = percentLost(arriving);
        double concealed = 100.0 * listener.concealedTicks / FRAME / TEN_MINUTES;
        System.out.printf(
                "Ear, %s: p50 %.1f ms, p99 %.1f ms, missing %.3f %%, concealed %.3f %%, lost %.3f %%, seed %d%n",
                profile.name(),
                listener.delay(0.5) / 1e6,
                listener.delay(0.99) / 1e6,
                listener.percentMissing(),
                concealed,
                lost,
                SEED);
        assertThat(listener.delay(0.5)).isLessThanOrEqualTo(MS);
        assertThat(listener.delay(0.99)).isLessThanOrEqualTo(Math.min(40 * MS, listener.longestWait) + MS);
        assertThat(listener.percentMissing()).isLessThanOrEqualTo(lost + ALLOWED_POINTS);
        assertThat(concealed).isLessThanOrEqualTo(lost + ALLOWED_POINTS);
    }

    @Test
    void r05_a_line_that_reorders_beyond_40_ms_is_waited_for_as_long_as_it_takes() {
        NetworkProfile profile = NetworkProfile.named("normal sigma 20 ms").withDelay(new Delay.Normal(20));
        Listener listener = listener(profile, tenMinutes(profile));
        System.out.printf(
                "Ear, %s: p99 %.1f ms, missing %.3f %%%n",
                profile.name(), listener.delay(0.99) / 1e6, listener.percentMissing());
        assertThat(listener.percentMissing()).isLessThanOrEqualTo(ALLOWED_POINTS);
        assertThat(listener.longestWait).isBetween(60 * MS, 80 * MS);
    }

    @Test
    void what_comes_too_late_for_any_wait_lengthens_none() {
        NetworkProfile profile = NetworkProfile.named("1 % by 300 ms").withReordering(0.01, 300);
        Listener listener = listener(profile, tenMinutes(profile));
        assertThat(listener.ear.holeWaitNanos()).isEqualTo(5 * MS);
        assertThat(listener.ear.latePackets()).isGreaterThan(250);
    }
}
