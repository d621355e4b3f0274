package dev.revox.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadNetworkTest {

    private static final int COUNT = 50_000;
    private static final List<Datagram> SENT = RtpStream.ofPackets(COUNT);

    private static List<Datagram> over(NetworkProfile profile) {
        return BadNetwork.carry(profile, 7, SENT);
    }

    private static List<Integer> numbers(List<Datagram> datagrams) {
        return datagrams.stream().map(RtpStream::number).toList();
    }

    private static double share(long count) {
        return count / (double) COUNT;
    }

    @Test
    void a_clean_line_changes_nothing() {
        List<Datagram> arriving = over(NetworkProfile.CLEAN);
        assertThat(arriving).isEqualTo(SENT);
    }

    @Test
    void the_same_seed_does_the_same_and_another_does_not() {
        List<Datagram> once = BadNetwork.carry(NetworkProfile.BURSTS, 1, SENT);
        assertThat(BadNetwork.carry(NetworkProfile.BURSTS, 1, SENT)).isEqualTo(once);
        assertThat(BadNetwork.carry(NetworkProfile.BURSTS, 2, SENT)).isNotEqualTo(once);
    }

    @Test
    void independent_loss_has_its_share_and_no_memory() {
        List<Datagram> arriving = over(NetworkProfile.LOSS);
        assertThat(share(COUNT - arriving.size())).isCloseTo(0.05, within(0.005));
        assertThat(meanBurst(arriving)).isCloseTo(1 / 0.95, within(0.03));
    }

    @Test
    void gilbert_elliott_loses_its_share_in_bursts() {
        Loss.GilbertElliott loss = (Loss.GilbertElliott) NetworkProfile.BURSTS.loss();
        List<Datagram> arriving = over(NetworkProfile.BURSTS);
        assertThat(share(COUNT - arriving.size())).isCloseTo(loss.mean(), within(0.006));
        assertThat(meanBurst(arriving)).isGreaterThan(2);
    }

    private static double meanBurst(List<Datagram> arriving) {
        boolean[] came = new boolean[COUNT];
        arriving.forEach(datagram -> came[RtpStream.number(datagram)] = true);
        long lost = IntStream.range(0, COUNT).filter(n -> !came[n]).count();
        long bursts =
                IntStream.range(1, COUNT).filter(n -> !came[n] && came[n - 1]).count();
        return lost / (double) bursts;
    }

    @Test
    void jitter_below_the_distance_of_packets_keeps_their_order_and_a_bell_curve_does_not() {
        List<Datagram> uniform = over(NetworkProfile.UNIFORM_JITTER);
        assertThat(numbers(uniform)).isSorted();
        assertThat(uniform).allMatch(packet -> packet.arrivalNanos() - packet.sentNanos() < 20 * RtpStream.MS);

        List<Datagram> normal = over(NetworkProfile.NORMAL_JITTER);
        double mean = normal.stream().mapToLong(BadNetworkTest::delay).average().orElseThrow();
        double variance = normal.stream()
                .mapToDouble(packet -> Math.pow(delay(packet) - mean, 2))
                .average()
                .orElseThrow();
        assertThat(Math.sqrt(variance) / RtpStream.MS).isCloseTo(13, within(0.2));
        assertThat(numbers(normal)).doesNotHaveDuplicates().hasSize(COUNT);
        long overtaken = IntStream.range(1, COUNT)
                .filter(i -> RtpStream.number(normal.get(i)) < RtpStream.number(normal.get(i - 1)))
                .count();
        assertThat(share(overtaken)).isBetween(0.1, 0.18);
    }

    private static long delay(Datagram packet) {
        return packet.arrivalNanos() - packet.sentNanos();
    }

    @Test
    void a_stall_holds_back_all_and_lets_them_go_at_once_in_order() {
        List<Datagram> arriving = over(NetworkProfile.STALLS);
        assertThat(numbers(arriving)).hasSize(COUNT).isSorted();
        long longest = arriving.stream().mapToLong(BadNetworkTest::delay).max().orElseThrow();
        assertThat(longest).isBetween(130 * RtpStream.MS, 150 * RtpStream.MS);
        long held = arriving.stream().filter(packet -> delay(packet) > 0).count();
        assertThat(share(held)).isCloseTo(150.0 / 3150, within(0.01));
    }

    @Test
    void duplicates_reordering_and_drift_have_their_measure() {
        NetworkProfile profile = NetworkProfile.named("all")
                .withDuplicates(0.02)
                .withReordering(0.01, 50)
                .withDrift(200);
        List<Datagram> arriving = over(profile);
        assertThat(share(arriving.size() - COUNT)).isCloseTo(0.02, within(0.003));
        assertThat(numbers(arriving))
                .isNotEqualTo(numbers(arriving).stream().sorted().toList());
        Datagram last = arriving.stream()
                .filter(packet -> RtpStream.number(packet) == COUNT - 1)
                .findFirst()
                .orElseThrow();
        assertThat((last.sentNanos() - last.arrivalNanos()) / (double) last.sentNanos())
                .isCloseTo(200e-6, within(1e-6));
    }

    @Test
    void the_stream_changes_its_source_and_its_timestamps_where_it_should() {
        NetworkProfile profile = NetworkProfile.named("faults")
                .withFault(new Fault.SourceChange(100, 99))
                .withFault(new Fault.TimestampJump(200, 8000 * 60));
        List<Datagram> arriving = over(profile);
        assertThat(RtpStream.ssrc(arriving.get(99))).isEqualTo(77);
        assertThat(RtpStream.ssrc(arriving.get(100))).isEqualTo(99);
        assertThat(RtpStream.sequence(arriving.get(100))).isNotEqualTo(RtpStream.sequence(SENT.get(100)));
        int before = RtpStream.timestamp(arriving.get(199)) - RtpStream.timestamp(SENT.get(199));
        int after = RtpStream.timestamp(arriving.get(200)) - RtpStream.timestamp(SENT.get(200));
        assertThat(after - before).isEqualTo(480_000);
    }

    @Test
    void a_stranger_sprays_so_many_packets_a_second() {
        List<Datagram> arriving = over(NetworkProfile.CLEAN.withSpray(1000));
        assertThat(arriving.stream().filter(Datagram::stranger)).hasSize(COUNT * 20 - 19);
        assertThat(arriving.stream().filter(packet -> !packet.stranger())).hasSize(COUNT);
    }

    @Test
    void impossible_probabilities_are_refused_by_name() {
        assertThatThrownBy(() -> new Loss.Independent(1.5)).hasMessageContaining("probability");
        assertThatThrownBy(() -> new Loss.GilbertElliott(0, 0, 0, Double.NaN)).hasMessageContaining("lossWhileBad");
    }
}
