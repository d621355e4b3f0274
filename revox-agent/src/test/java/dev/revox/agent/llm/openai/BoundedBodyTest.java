package dev.revox.agent.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.agent.http.OversizeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private static byte[] lines(int bytes, int lineBytes) {
        byte[] text = new byte[bytes];
        Arrays.fill(text, (byte) 'x');
        for (int i = lineBytes; i < bytes; i += lineBytes + 1) {
            text[i] = '\n';
        }
        return text;
    }

    private static long read(byte[] bytes) throws IOException {
        try (BoundedBody body = new BoundedBody(new ByteArrayInputStream(bytes))) {
            return body.readAllBytes().length;
        }
    }

    @Test
    void the_longest_line_is_read_and_a_longer_one_is_not() throws IOException {
        int longest = BoundedBody.LONGEST_LINE_BYTES;
        assertThat(read(lines(longest + 1, longest))).isEqualTo(longest + 1L);
        assertThatThrownBy(() -> read(lines(longest + 1, longest + 1))).isInstanceOf(OversizeException.class);
    }

    @Test
    void the_longest_body_is_read_and_a_longer_one_is_not() throws IOException {
        int longest = (int) BoundedBody.LONGEST_BODY_BYTES;
        assertThat(read(lines(longest, 1000))).isEqualTo(longest);
        assertThatThrownBy(() -> read(lines(longest + 1, 1000))).isInstanceOf(OversizeException.class);
    }
}
