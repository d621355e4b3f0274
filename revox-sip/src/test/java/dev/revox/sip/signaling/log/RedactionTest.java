package dev.revox.sip.signaling.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void credentials_go_with_their_folded_lines_and_the_rest_stays() {
        String text =
                "INVITE sip:x SIP/2.0\r\nAuthorization: Digest username=\"u\",\r\n response=\"abc\"\r\nCSeq: 1 INVITE\r\n";
        assertThat(Redaction.of(text)).isEqualTo("INVITE sip:x SIP/2.0\nAuthorization: ****\nCSeq: 1 INVITE\n");
        assertThat(Redaction.of("proxy-authorization : Digest x")).doesNotContain("Digest x");
        assertThat(Redaction.of("parsed Digest username=\"u\", response=\"abc\""))
                .isEqualTo("parsed Digest ****");
        assertThat(Redaction.of("nonce=\"n1\" response=abc;x")).doesNotContain("n1", "abc");
        assertThat(Redaction.of("a=crypto:1 AES_CM_128 inline:KEY")).doesNotContain("KEY");
    }

    @Test
    void numbers_are_masked() {
        assertThat(Redaction.of("sip:+14155550123@10.1.2.3:5060")).isEqualTo("sip:+14*********@10.1.2.3:5060");
        assertThat(Redaction.of("to 14155550123 now")).doesNotContain("4155550123");
        assertThat(Redaction.of("+3312")).isEqualTo("+****");
    }

    @Test
    void raw_bytes_and_keys_are_not_shown() {
        assertThat(Redaction.of("packet [73, 78, 86, -1, 84, 69, 32, 115, 105, 112]"))
                .isEqualTo("packet [bytes]");
        assertThat(Redaction.of("Signal=9\r\nDuration=160")).isEqualTo("Signal=****\nDuration=160");
    }

    @Test
    void a_hostile_text_of_any_length_is_bearable() {
        String folded = "Authorization: x\r\n" + " y\r\n".repeat(30_000);
        assertThat(Redaction.of(folded)).hasSizeLessThan(100);
        StringBuilder bytes = new StringBuilder("[1");
        bytes.append(", 1".repeat(100_000)).append(']');
        assertThat(Redaction.of(bytes.toString())).isEqualTo("[bytes]");
    }
}
