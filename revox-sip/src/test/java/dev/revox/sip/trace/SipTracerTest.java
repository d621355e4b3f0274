package dev.revox.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SipTracerTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-08-03T10:00:00.123456Z"));

    private SipTracer tracer(int calls, int messages, int chars) {
        return new SipTracer(new TraceSettings(calls, messages, chars), time);
    }

    private static void message(SipTracer tracer, String callId, String text) {
        tracer.onMessage(true, callId, "127.0.0.1:5060", "127.0.0.2:5070", text);
    }

    @Test
    void a_leg_has_the_messages_of_all_its_calls_in_their_order() {
        SipTracer tracer = tracer(10, 10, 100);
        tracer.belongs("call-1", "leg");
        tracer.belongs("call-2", "leg");
        message(tracer, "call-1", "INVITE 1");
        time.advance(Duration.ofSeconds(1));
        message(tracer, "call-2", "INVITE 2");
        time.advance(Duration.ofSeconds(1));
        message(tracer, "call-1", "BYE 1");
        message(tracer, "call-3", "somebody else's");

        SipTrace trace = tracer.ofLeg("leg").orElseThrow();

        assertThat(trace.messages()).extracting(TracedMessage::text).containsExactly("INVITE 1", "INVITE 2", "BYE 1");
        assertThat(trace.text())
                .startsWith("---- 2026-08-03T10:00:00.123456Z sent 127.0.0.1:5060 -> 127.0.0.2:5070\nINVITE 1\n");
        assertThat(tracer.ofLeg("unknown")).isEmpty();
    }

    @Test
    void memory_is_bounded_in_calls_messages_and_characters() {
        SipTracer tracer = tracer(3, 2, 5);
        for (int call = 0; call < 1_000; call++) {
            tracer.belongs("call-" + call, "leg-" + call);
            for (int i = 0; i < 10; i++) {
                message(tracer, "call-" + call, "0123456789");
                message(tracer, "stranger-" + call + "-" + i, "x");
                message(tracer, "call-" + call, "0123456789");
            }
            tracer.belongs("more-" + call, "leg");
        }
        assertThat(tracer.ofLeg("leg-1")).isEmpty();
        assertThat(tracer.ofLeg("leg")).isEmpty();

        SipTracer quiet = tracer(3, 2, 5);
        quiet.belongs("a", "leg");
        for (int i = 0; i < 10; i++) {
            message(quiet, "a", "0123456789");
        }
        SipTrace trace = quiet.ofLeg("leg").orElseThrow();
        assertThat(trace.messages()).hasSize(2).allMatch(m -> m.text().equals("01234"));
        assertThat(trace.omitted()).isEqualTo(8);
        assertThat(trace.text()).endsWith("---- 8 more messages were not kept\n");
    }

    @Test
    void a_capture_file_holds_ip_packets_of_udp_with_right_lengths_and_checksums() {
        TracedMessage four =
                new TracedMessage(time.instant(), true, "127.0.0.1:5060", "10.1.2.3:5070", "INVITE\r\n\r\n");
        TracedMessage six =
                new TracedMessage(time.instant(), false, "[::1]:5060", "[2001:db8::7]:5070", "BYE\r\n\r\nx");

        ByteBuffer file = ByteBuffer.wrap(Pcap.of(List.of(four, six)));

        assertThat(file.getInt()).isEqualTo(0xA1B2C3D4);
        assertThat(file.getShort()).isEqualTo((short) 2);
        assertThat(file.getShort()).isEqualTo((short) 4);
        assertThat(file.getLong()).isZero();
        assertThat(file.getInt()).isEqualTo(262_144);
        assertThat(file.getInt()).as("LINKTYPE_RAW").isEqualTo(101);
        byte[] first = record(file);
        assertThat(first).hasSize(20 + 8 + 10);
        assertThat(first[0]).isEqualTo((byte) 0x45);
        assertThat(onesSum(first, 0, 20, 0)).as("IPv4 header").isEqualTo(0xFFFF);
        assertThat(Arrays.copyOfRange(first, 16, 28))
                .isEqualTo(new byte[] {10, 1, 2, 3, 0x13, (byte) 0xC4, 0x13, (byte) 0xCE, 0, 18, 0, 0});
        assertThat(new String(first, 28, 10, StandardCharsets.UTF_8)).isEqualTo("INVITE\r\n\r\n");
        byte[] second = record(file);
        assertThat(second).hasSize(40 + 8 + 8);
        assertThat(second[0]).isEqualTo((byte) 0x60);
        assertThat(onesSum(second, 8, second.length - 8, 16 + 17))
                .as("UDP over IPv6")
                .isEqualTo(0xFFFF);
        assertThat(file.hasRemaining()).isFalse();
    }

    @Test
    void addresses_that_cannot_be_read_and_texts_beyond_a_datagram_make_a_packet_all_the_same() {
        TracedMessage odd =
                new TracedMessage(time.instant(), true, "trunk.example.net:5060", "[::1]:99999", "x".repeat(70_000));

        ByteBuffer file = ByteBuffer.wrap(Pcap.of(List.of(odd)));
        file.position(24);

        assertThat(record(file)).hasSize(0xFFFF);
        assertThat(file.hasRemaining()).isFalse();
    }

    private byte[] record(ByteBuffer file) {
        assertThat(file.getInt()).isEqualTo((int) time.instant().getEpochSecond());
        assertThat(file.getInt()).isEqualTo(123_456);
        int kept = file.getInt();
        assertThat(file.getInt()).isEqualTo(kept);
        byte[] packet = new byte[kept];
        file.get(packet);
        return packet;
    }

    private static int onesSum(byte[] bytes, int from, int length, int begin) {
        long sum = begin;
        for (int i = 0; i < length; i++) {
            sum += (i & 1) == 0 ? (bytes[from + i] & 0xFF) << 8 : bytes[from + i] & 0xFF;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return (int) sum;
    }
}
