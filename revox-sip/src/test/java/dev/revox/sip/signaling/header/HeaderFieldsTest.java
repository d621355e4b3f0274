package dev.revox.sip.signaling.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.SipBody;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP:Alice@Example.COM:5080;transport=tcp?x=y | sip:Alice@example.com:5080",
                "sip:[2001:db8::1]:5070 | sip:[2001:db8::1]:5070",
                "sip:bob:secret@host | sip:bob@host",
                "tel:+1-415-555-0100;phone-context=x | tel:+1-415-555-0100",
                "sips:host | sips:host"
            })
    void a_uri_is_reduced_to_what_decides_whom_it_reaches(String uri, String reduced) {
        assertThat(SipUri.parse(uri).map(SipUri::text)).hasValue(reduced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip:@",
                "sip:a b@host",
                "sip:a@host:0",
                "sip:a@host:99999",
                "http://host",
                "sip:a@-x-"
            })
    void what_is_no_uri_is_empty(String uri) {
        assertThat(SipUri.parse(uri)).isEmpty();
    }

    @Test
    void brackets_and_commas_in_a_display_name_mean_nothing() {
        assertThat(NameAddr.parseAll(
                        java.util.List.of("\"a \\\"<sip:evil@x>, b\" <sip:good@y;lr>;q=0.5;flag, sip:plain@z;tag=1")))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.uri()).isEqualTo("sip:good@y;lr");
                            assertThat(first.parameter("q")).hasValue("0.5");
                            assertThat(first.parameter("flag")).hasValue("");
                        },
                        second -> {
                            assertThat(second.uri()).isEqualTo("sip:plain@z");
                            assertThat(second.parameter("tag")).hasValue("1");
                        });
    }

    @Test
    void s15_replaces_is_read_and_written_with_everything_escaped() {
        Optional<Replaces> replaces = Replaces.parse("a.b+c@d ;from-tag=f;to-tag=t;early-only");
        assertThat(replaces).hasValue(new Replaces("a.b+c@d", "t", "f", true));
        assertThat(replaces.orElseThrow().escaped()).isEqualTo("Replaces=a.b%2Bc%40d%3Bto-tag%3Dt%3Bfrom-tag%3Df");
        assertThat(Replaces.parse("call;to-tag=only")).isEmpty();
        assertThat(Replaces.parse(";to-tag=t;from-tag=f")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/dtmf-relay, 'Signal=5\nDuration=100', 5, 100",
        "application/dtmf-relay, 'signal= *\r\nduration= 9999999', *, 160",
        "application/dtmf-relay, 'Signal=11', #, 160",
        "application/dtmf; charset=x, ' d ', D, 160",
        "APPLICATION/DTMF, 10, *, 160"
    })
    void s27_both_forms_of_a_digit_are_read(String type, String content, char digit, int durationMs) {
        assertThat(InfoDigit.parse(new SipBody(type, content))).hasValue(new InfoDigit(digit, durationMs));
    }

    @ParameterizedTest
    @CsvSource({"application/dtmf, 55", "application/dtmf, ''", "application/dtmf-relay, Signal=E", "text/plain, 5"})
    void s27_what_is_no_digit_is_empty(String type, String content) {
        assertThat(InfoDigit.parse(new SipBody(type, content))).isEmpty();
        assertThat(new InfoDigit('5', 100).toString()).doesNotContain("5,").doesNotContain("digit=5");
    }
}
