package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.line.LineLimits;
import dev.revox.phone.PhoneNumber;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SipTrunkTest {

    private static InetAddress ip(String literal) throws UnknownHostException {
        return InetAddress.getAllByName(literal)[0];
    }

    @Test
    void addresses_that_are_no_trunk_are_refused_with_the_reason() {
        for (String uri : List.of(
                "",
                "trunk.example.net",
                "tel:+33123",
                "sip:",
                "sip:user@host",
                "sip:host:0",
                "sip:host:70000",
                "sip:host;transport=sctp",
                "sips:host;transport=udp",
                "sip:ho st",
                "sip:host\r\nX: y",
                "sip:host;maddr=10.0.0.1")) {
            assertThatThrownBy(() -> SipTrunk.of(uri))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trunk URI");
        }
    }

    @Test
    void a_number_reaches_the_uri_and_nothing_else() {
        SipTrunk trunk = SipTrunk.of("sip:trunk.example.net:5070");
        assertThat(trunk.plan().uriOf(PhoneNumber.of("+14155550123")))
                .isEqualTo("sip:+14155550123@trunk.example.net:5070");
        assertThat(SipTrunk.of("sip:[2001:db8::1]").plan().uriOf(PhoneNumber.of("+33123456789")))
                .isEqualTo("sip:+33123456789@[2001:db8::1]");
    }

    @Test
    void what_a_trunk_carries_is_told_in_carriers_terms() {
        SipTrunk trunk =
                SipTrunk.of("sip:192.0.2.1").name("carrier").maxCalls(30).callsPerSecond(0.5);
        assertThat(SipCallLine.builder().trunk(trunk).build().limits())
                .isEqualTo(new LineLimits("carrier", 30, Duration.ofSeconds(2)));
        assertThat(SipCallLine.builder()
                        .trunk(SipTrunk.of("sip:192.0.2.1"))
                        .build()
                        .limits()
                        .unlimited())
                .isTrue();
        assertThatThrownBy(() -> trunk.maxCalls(-1)).hasMessageContaining("maxCalls");
        assertThatThrownBy(() -> trunk.callsPerSecond(Double.NaN)).hasMessageContaining("callsPerSecond");
    }

    @Test
    void nobody_is_let_in_but_who_is_listed() throws UnknownHostException {
        SipTrunk trunk = SipTrunk.of("sip:192.0.2.1");
        assertThat(trunk.letsIn(ip("192.0.2.1"))).isFalse();
        SipTrunk open = trunk.allowInboundFrom("203.0.113.0/25", "2001:db8::/32", "198.51.100.7");
        assertThat(open.letsIn(ip("203.0.113.127"))).isTrue();
        assertThat(open.letsIn(ip("203.0.113.128"))).isFalse();
        assertThat(open.letsIn(ip("198.51.100.7"))).isTrue();
        assertThat(open.letsIn(ip("198.51.100.8"))).isFalse();
        assertThat(open.letsIn(ip("2001:db8:1::2"))).isTrue();
        assertThatThrownBy(() -> trunk.allowInboundFrom("example.net")).hasMessageContaining("allowInboundFrom");
        assertThatThrownBy(() -> trunk.allowInboundFrom("10.0.0.0/33")).hasMessageContaining("allowInboundFrom");
    }

    @Test
    void credentials_are_shown_to_the_trunks_host_only() {
        SipTrunk trunk = SipTrunk.of("sip:192.0.2.1:5070").allowInboundFrom("203.0.113.0/24");
        TrustedHosts hosts = new TrustedHosts(List.of(trunk));
        assertThat(hosts.mayBeShownCredentials(trunk, "sip:+331@192.0.2.1:5099;transport=udp"))
                .isTrue();
        assertThat(hosts.mayBeShownCredentials(trunk, "<sip:203.0.113.9;lr>")).isTrue();
        assertThat(hosts.mayBeShownCredentials(trunk, "sip:192.0.2.1@evil.example.net"))
                .isFalse();
        assertThat(hosts.mayBeShownCredentials(trunk, "sip:198.51.100.1")).isFalse();
        assertThat(hosts.mayBeShownCredentials(trunk, "tel:+33123")).isFalse();
    }

    @Test
    void a_foreign_number_is_told_by_the_home_calling_code() {
        SipTrunk french = SipTrunk.of("sip:192.0.2.1").homeCallingCode("+33");
        assertThat(french.plan().mayBeAbroad(PhoneNumber.of("+33123456789"))).isFalse();
        assertThat(french.plan().mayBeAbroad(PhoneNumber.of("+14155550123"))).isTrue();
        assertThat(SipTrunk.of("sip:192.0.2.1").plan().mayBeAbroad(PhoneNumber.of("+33123456789")))
                .isTrue();
    }

    @Test
    void the_secret_is_not_in_its_text() {
        assertThat(SipTrunk.of("sip:192.0.2.1").credentials("user", "canary").toString())
                .doesNotContain("canary");
    }

    @Test
    void settings_name_the_field_that_is_wrong() {
        SipSettings settings = SipSettings.DEFAULT;
        assertThatThrownBy(() -> settings.withSipPort(-1)).hasMessageContaining("sipPort");
        assertThatThrownBy(() -> settings.withBindAddress("0.0.0.0")).hasMessageContaining("advertisedAddress");
        assertThatThrownBy(() -> settings.withBindAddress("localhost")).hasMessageContaining("bindAddress");
        assertThatThrownBy(() -> settings.withCodecs()).hasMessageContaining("codecs");
        assertThatThrownBy(() -> settings.withUserAgent("x\r\ny")).hasMessageContaining("userAgent");
        assertThatThrownBy(() -> SipCallLine.builder().build()).hasMessageContaining("trunk");
    }
}
