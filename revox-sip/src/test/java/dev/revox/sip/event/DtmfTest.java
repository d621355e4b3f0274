package dev.revox.sip.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R08: RFC 4733. */
final class DtmfTest {

    private record Packet(long frame, boolean marker, long timestamp, int event, boolean end, int duration) {}

    private record Press(char digit, int durationMs) {}

    private DtmfSender sender = new DtmfSender();
    private final List<Press> pressed = new ArrayList<>();
    private final DtmfReceiver receiver =
            new DtmfReceiver((digit, durationMs, nowNanos) -> pressed.add(new Press(digit, durationMs)));

    private List<Packet> send(String digits, int frames, int frameMs, int rate) {
        for (int i = 0; i < digits.length(); i++) {
            assertThat(sender.queue(digits.charAt(i))).isTrue();
        }
        List<Packet> packets = new ArrayList<>();
        byte[] payload = new byte[4];
        long timestamp = 0xFFFF_FF00L;
        for (int i = 0; i < frames; i++) {
            if (sender.onFrame(timestamp, frameMs, rate, payload)) {
                packets.add(new Packet(
                        i,
                        sender.marker(),
                        sender.eventTimestamp(),
                        payload[0],
                        (payload[1] & 0x80) != 0,
                        (payload[2] & 0xFF) << 8 | (payload[3] & 0xFF)));
                assertThat(payload[1] & 0x7F).isEqualTo(10);
            }
            timestamp = (timestamp + (long) rate / 1000 * frameMs) & 0xFFFF_FFFFL;
        }
        return packets;
    }

    private void receive(Packet packet) {
        receive(packet, 8000);
    }

    private void receive(Packet packet, int rate) {
        byte[] bytes = {
            (byte) packet.event(),
            (byte) (packet.end() ? 0x8A : 0x0A),
            (byte) (packet.duration() >> 8),
            (byte) packet.duration()
        };
        receiver.onPacket(packet.timestamp(), bytes, 0, 4, rate, packet.frame() * 20_000_000L);
    }

    @Test
    void a_tone_grows_keeps_its_timestamp_and_ends_three_times() {
        List<Packet> packets = send("5", 60, 20, 8000);

        assertThat(packets).hasSize(15);
        assertThat(packets)
                .extracting(Packet::marker)
                .startsWith(true)
                .filteredOn(marker -> marker)
                .hasSize(1);
        assertThat(packets).extracting(Packet::timestamp).containsOnly(0xFFFF_FF00L);
        assertThat(packets).extracting(Packet::event).containsOnly(5);
        assertThat(packets)
                .extracting(Packet::duration)
                .isSorted()
                .startsWith(160, 320)
                .endsWith(2000, 2000, 2000);
        assertThat(packets)
                .extracting(Packet::end)
                .endsWith(false, true, true, true)
                .filteredOn(end -> end)
                .hasSize(3);
        assertThat(sender.busy()).isFalse();
    }

    @Test
    void tones_are_apart_by_the_gap_and_w_waits_longer() {
        List<Packet> packets = send("1w2", 120, 20, 8000);

        List<Long> starts =
                packets.stream().filter(Packet::marker).map(Packet::frame).toList();
        assertThat(starts).hasSize(2);
        assertThat(starts.get(1) * 20).isBetween(250L + 300 + 500, 250L + 300 + 500 + 60);
        assertThat(send("33", 100, 20, 8000).stream().filter(Packet::marker)).hasSize(2);
    }

    @Test
    void the_clock_rate_of_opus_makes_longer_numbers() {
        assertThat(send("#", 60, 20, 48_000)).extracting(Packet::duration).endsWith(12_000, 12_000, 12_000);
    }

    @Test
    void r08_a_tone_longer_than_its_field_goes_on_in_segments_and_is_one_press() {
        for (int rate : new int[] {8000, 48_000}) {
            pressed.clear();
            receiver.restart(0);
            sender = new DtmfSender(new DigitTiming(Duration.ofSeconds(10), Duration.ofMillis(100)));
            List<Packet> packets = send("6", 520, 20, rate);
            assertThat(packets).extracting(Packet::duration).allMatch(duration -> duration <= 0xFFFF);
            assertThat(packets).filteredOn(Packet::marker).hasSize(1);
            assertThat(packets).filteredOn(Packet::end).hasSize(3);
            assertThat(packets.stream().map(Packet::timestamp).distinct()).hasSize(1 + 10_000 * (rate / 1000) / 0xFFFF);
            packets.forEach(packet -> receive(packet, rate));
            assertThat(pressed).containsExactly(new Press('6', 10_000));
        }
    }

    @Test
    void r08_the_shortest_tone_still_has_three_updates_and_three_ends() {
        sender = new DtmfSender(new DigitTiming(Duration.ofMillis(100), Duration.ofMillis(100)));
        List<Packet> packets = send("12", 40, 20, 8000);
        assertThat(packets).filteredOn(packet -> !packet.end()).hasSize(8);
        assertThat(packets).filteredOn(Packet::end).hasSize(6);
        List<Long> starts =
                packets.stream().filter(Packet::marker).map(Packet::frame).toList();
        assertThat((starts.get(1) - starts.get(0)) * 20).isGreaterThanOrEqualTo(200);
        assertThatThrownBy(() -> new DigitTiming(Duration.ofMillis(90), Duration.ofMillis(100)))
                .hasMessageContaining("tone");
    }

    @Test
    void r08_the_same_key_twice_quickly_is_two_presses() {
        receive(new Packet(0, true, 100, 9, false, 160));
        receive(new Packet(2, false, 100, 9, true, 480));
        receive(new Packet(4, true, 900, 9, false, 160));
        receive(new Packet(5, false, 900, 9, true, 320));
        assertThat(pressed).containsExactly(new Press('9', 60), new Press('9', 40));
    }

    @Test
    void what_is_sent_is_heard_once_per_press() {
        send("12#AA*", 400, 20, 8000).forEach(this::receive);
        assertThat(pressed).extracting(Press::digit).containsExactly('1', '2', '#', 'A', 'A', '*');
        assertThat(pressed).extracting(Press::durationMs).containsOnly(250);
    }

    @Test
    void a_lost_start_is_fine_and_duplicates_are_one() {
        List<Packet> packets = send("7", 60, 20, 8000);
        for (Packet packet : packets.subList(9, 15)) {
            receive(packet);
            receive(packet);
        }
        assertThat(pressed).containsExactly(new Press('7', 250));
    }

    @Test
    void a_lost_end_is_reported_after_3000_samples_without_update() {
        List<Packet> packets = send("7", 60, 20, 8000);
        packets.subList(0, 5).forEach(this::receive);
        long last = 4 * 20_000_000L;
        receiver.onTick(last + 374_000_000L);
        assertThat(pressed).isEmpty();
        receiver.onTick(last + 375_000_000L);
        assertThat(pressed).containsExactly(new Press('7', 100));
        packets.subList(12, 15).forEach(this::receive);
        assertThat(pressed).hasSize(1);
    }

    @Test
    void the_next_press_ends_one_whose_end_was_lost() {
        receive(new Packet(0, true, 100, 1, false, 400));
        receive(new Packet(20, true, 5000, 1, false, 400));
        receive(new Packet(21, false, 5000, 1, true, 800));
        assertThat(pressed).containsExactly(new Press('1', 50), new Press('1', 100));
    }

    @Test
    void flash_and_unknown_events_are_no_digit_and_late_packets_open_nothing() {
        receive(new Packet(0, true, 100, 16, true, 400));
        receive(new Packet(1, true, 900, 3, true, 400));
        receive(new Packet(2, true, 100, 4, true, 400));
        assertThat(pressed).containsExactly(new Press('3', 50));
    }

    @Test
    void only_digits_can_be_queued() {
        assertThat(sender.queue('x')).isFalse();
        assertThat(DtmfSender.sendable("0123456789*#abcdABCDwW")).isTrue();
        assertThat(DtmfSender.sendable("12,3")).isFalse();
    }

    @Test
    void random_bytes_never_throw() {
        Random random = new Random(3);
        byte[] bytes = new byte[12];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            receiver.onPacket(random.nextInt() & 0xFFFF_FFFFL, bytes, 0, random.nextInt(13), 8000, i * 1_000_000L);
            receiver.onTick(i * 1_000_000L);
        }
        assertThat(receiver.malformed()).isPositive();
    }
}
