package dev.revox.sip.signaling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {

    private final StreamFramer framer = new StreamFramer();

    private static String message(int number, int body) {
        return "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP b\r\nCSeq: " + number + " OPTIONS\r\nContent-Length: "
                + body + "\r\n\r\n" + "b".repeat(body);
    }

    private List<String> feed(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        framer.add(bytes, bytes.length);
        List<String> messages = new ArrayList<>();
        Optional<byte[]> next = framer.next();
        while (next.isPresent()) {
            messages.add(new String(next.get(), StandardCharsets.UTF_8));
            next = framer.next();
        }
        return messages;
    }

    @Test
    void messages_are_cut_at_their_length_wherever_the_stream_is_torn() throws IOException {
        Random random = new Random(20_261_130L);
        StringBuilder stream = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String message = message(i, random.nextInt(3) * 700);
            expected.add(message);
            stream.append("\r\n".repeat(random.nextInt(3))).append(message);
        }
        List<String> cut = new ArrayList<>();
        int at = 0;
        while (at < stream.length()) {
            int end = Math.min(stream.length(), at + random.nextInt(1, 900));
            cut.addAll(feed(stream.substring(at, end)));
            at = end;
        }
        assertThat(cut).isEqualTo(expected);
        assertThat(framer.partial()).isFalse();
    }

    @Test
    void s19_an_empty_line_twice_is_a_ping_and_once_is_none() throws IOException {
        assertThat(feed("\r\n\r\n")).isEmpty();
        assertThat(framer.takePings()).isEqualTo(1);
        assertThat(framer.partial()).isFalse();
        assertThat(feed("\r\n")).isEmpty();
        assertThat(framer.takePings()).isZero();
    }

    @Test
    void a_message_without_length_has_no_body() throws IOException {
        assertThat(feed("OPTIONS sip:a@b SIP/2.0\nVia: x\n\n" + message(1, 3))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "65535", "-1", "x", ""})
    void x10_a_length_that_nobody_waits_for_ends_the_connection(String length) {
        assertThatThrownBy(() -> feed(message(1, 0).replace("Content-Length: 0", "Content-Length: " + length)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void x10_headers_without_end_end_the_connection() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        feed("X-Endless: " + "x".repeat(1_000) + "\r\n");
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
