package dev.revox.sip.signaling.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WireFormTest {

    private static SipRequest request(String sentBy, String... routes) {
        List<SipHeader> headers = new ArrayList<>();
        headers.add(new SipHeader("Via", "SIP/2.0/UDP " + sentBy + ";rport;branch=z9hG4bK1"));
        headers.add(new SipHeader("Max-Forwards", "70"));
        for (String route : routes) {
            headers.add(new SipHeader("Route", route));
        }
        return new SipRequest("BYE", "sip:callee@c", "z9hG4bK1", 2, headers, Optional.empty());
    }

    private static List<String> values(SipRequest request, String name) {
        return request.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(SipHeader::value)
                .toList();
    }

    @Test
    void by_datagrams_and_loose_routers_nothing_changes() {
        SipRequest plain = request("192.0.2.1:5060", "<sip:r;lr>");
        assertThat(WireForm.of(plain, Transport.UDP, OptionalInt.of(5061))).isSameAs(plain);
    }

    @Test
    void via_names_the_transport_and_over_tls_the_port_where_we_take_connections() {
        assertThat(values(WireForm.of(request("192.0.2.1:5060"), Transport.TCP, OptionalInt.of(5061)), "Via"))
                .containsExactly("SIP/2.0/TCP 192.0.2.1:5060;rport;branch=z9hG4bK1");
        assertThat(values(WireForm.of(request("192.0.2.1:5060"), Transport.TLS, OptionalInt.of(5061)), "Via"))
                .containsExactly("SIP/2.0/TLS 192.0.2.1:5061;rport;branch=z9hG4bK1");
        assertThat(values(WireForm.of(request("[2001:db8::1]:5060"), Transport.TLS, OptionalInt.of(5061)), "Via"))
                .containsExactly("SIP/2.0/TLS [2001:db8::1]:5061;rport;branch=z9hG4bK1");
        assertThat(values(WireForm.of(request("192.0.2.1:5060"), Transport.TLS, OptionalInt.empty()), "Via"))
                .containsExactly("SIP/2.0/TLS 192.0.2.1:5060;rport;branch=z9hG4bK1");
    }

    @Test
    void a_strict_router_stands_in_the_request_uri_and_the_target_last_in_the_route() {
        SipRequest strict =
                WireForm.of(request("192.0.2.1:5060", "<sip:old>", "<sip:r;lr>"), Transport.UDP, OptionalInt.empty());
        assertThat(strict.uri()).isEqualTo("sip:old");
        assertThat(values(strict, "Route")).containsExactly("<sip:r;lr>", "<sip:callee@c>");
        assertThat(strict.headers().getFirst().name()).isEqualTo("Via");
    }
}
