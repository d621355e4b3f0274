package dev.revox.sip.signaling.valve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.valve.MessageScan.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageScanTest {

    private static final String OPTIONS = """
            OPTIONS sip:revox@192.0.2.1 SIP/2.0\r
            Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r
            From: <sip:a@192.0.2.2>;tag=1\r
            To: <sip:revox@192.0.2.1>\r
            Call-ID: abc@192.0.2.2\r
            CSeq: 1 OPTIONS\r
            """;

    private final MessageScan scan = new MessageScan();

    private Shape look(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return scan.look(bytes, bytes.length);
    }

    @Test
    void a_request_and_a_response_are_sip_and_their_call_is_told() {
        assertThat(look(OPTIONS + "\r\nbody: , , ,")).isEqualTo(Shape.SIP);
        assertThat(scan.callId()).isEqualTo("abc@192.0.2.2");
        assertThat(look("SIP/2.0 200 OK\r\nv: SIP/2.0/TCP h;branch=z\r\ni:  x y \r\n\r\n"))
                .isEqualTo(Shape.SIP);
        assertThat(scan.callId()).isEqualTo("x y");
        assertThat(look("\r\n\r\n" + OPTIONS.replace("\r\n", "\n") + "\n")).isEqualTo(Shape.SIP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "\r\n", "\0\0\0\0", ""})
    void blank_lines_keep_a_way_open(String datagram) {
        assertThat(look(datagram)).isEqualTo(Shape.KEEP_ALIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"INVITE", "GET / HTTP/1.1\r\nVia: x\r\n\r\n", "OPTIONS sip:a@b SIP/2.0\r\nTo: x\r\n\r\n", "SIP/3"
            })
    void what_is_no_sip_is_told_from_its_bytes(String datagram) {
        assertThat(look(datagram)).isEqualTo(Shape.NOT_SIP);
    }

    @ParameterizedTest
    @CsvSource({"100, SIP", "101, TOO_LARGE"})
    void s28_headers_are_counted(int headers, Shape shape) {
        assertThat(look(OPTIONS + "X-A: x\r\n".repeat(headers - 5) + "\r\n")).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"8192, SIP", "8193, TOO_LARGE"})
    void s28_a_header_has_a_longest_form_folded_or_not(int bytes, Shape shape) {
        assertThat(look(OPTIONS + "X-A: " + "x".repeat(bytes - 7) + "\r\n\r\n")).isEqualTo(shape);
        assertThat(look(OPTIONS + "X-A: \r\n " + "x".repeat(bytes - 10) + "\r\n\r\n"))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "Via, 69, SIP",
        "Via, 70, TOO_LARGE",
        "Route, 20, SIP",
        "ROUTE, 21, TOO_LARGE",
        "record-route, 21, TOO_LARGE"
    })
    void s28_hops_are_counted_in_one_line_or_many(String name, int more, Shape shape) {
        assertThat(look(OPTIONS + (name + ": <sip:a,b@c>\r\n").repeat(more) + "\r\n"))
                .isEqualTo(shape);
        assertThat(look(OPTIONS + name + ": x" + ", <sip:a,b>;q=\",\"".repeat(more - 1) + "\r\n\r\n"))
                .isEqualTo(shape);
    }

    @Test
    void no_bytes_whatever_make_it_throw() {
        Random random = new Random(20_261_130L);
        byte[] original = (OPTIONS + "Route: <sip:a>, <sip:b>\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = original.clone();
            for (int change = 0; change < 8; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) "\r\n :,<>\"\0S".charAt(random.nextInt(10));
            }
            Shape shape = scan.look(bytes, random.nextInt(bytes.length + 1));
            assertThat(shape).isNotNull();
            assertThat(scan.callId().length()).isLessThan(original.length);
        }
    }
}
