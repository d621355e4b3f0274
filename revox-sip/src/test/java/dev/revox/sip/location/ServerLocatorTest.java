package dev.revox.sip.location;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.location.NameService.Found;
import dev.revox.sip.location.NameService.LookupException;
import dev.revox.sip.location.NameService.Naptr;
import dev.revox.sip.location.NameService.Srv;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerLocatorTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    /** Zones that a test writes. */
    private static final class Zones implements NameService {
        private final Map<String, List<Naptr>> naptrs = new HashMap<>();
        private final Map<String, List<Srv>> srvs = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private boolean silent;

        @Override
        public Found<Naptr> naptr(String domain) throws LookupException {
            return found("NAPTR " + domain, naptrs.getOrDefault(domain, List.of()));
        }

        @Override
        public Found<Srv> srv(String name) throws LookupException {
            return found("SRV " + name, srvs.getOrDefault(name, List.of()));
        }

        @Override
        public Found<InetAddress> addresses(String host) throws LookupException {
            if (host.matches("[a-z].*")) {
                // The last label tells the address: h7 is 192.0.2.7.
                String number = host.replaceAll("[^0-9]", "");
                return found("A " + host, number.isEmpty() ? List.of() : List.of(address("192.0.2." + number)));
            }
            return new Found<>(List.of(address(host)), TTL);
        }

        private <T> Found<T> found(String question, List<T> records) throws LookupException {
            asked.add(question);
            if (silent) {
                throw new LookupException("nobody answers");
            }
            return new Found<>(records, TTL);
        }

        private static InetAddress address(String literal) {
            try {
                return InetAddress.getByName(literal);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Zones zones = new Zones();
    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final ServerLocator locator = new ServerLocator(zones, time, new Random(7));

    private List<String> locate(String uri) {
        return locator.locate(Site.of(uri).orElseThrow()).stream()
                .map(Target::toString)
                .toList();
    }

    @Test
    void s20_an_address_is_asked_of_nobody() {
        assertThat(locate("sip:192.0.2.9")).containsExactly("UDP 192.0.2.9:5060");
        assertThat(locate("sip:192.0.2.9:5070;transport=tcp")).containsExactly("TCP 192.0.2.9:5070");
        assertThat(locate("sips:192.0.2.9")).containsExactly("TLS 192.0.2.9:5061");
        assertThat(zones.asked).isEmpty();
    }

    @Test
    void s20_a_port_leaves_only_the_address_to_be_asked_for() {
        assertThat(locate("sip:h7:5080")).containsExactly("UDP 192.0.2.7:5080");
        assertThat(zones.asked).containsExactly("A h7");
    }

    @Test
    void s20_naptr_chooses_the_transport_and_srv_the_order() {
        zones.naptrs.put(
                "carrier.test",
                List.of(
                        new Naptr(20, 10, "SIP+D2U", "_sip._udp.carrier.test"),
                        new Naptr(10, 10, "SIPS+D2T", "_sips._tcp.carrier.test"),
                        new Naptr(10, 20, "E2U+sip", "nothing.test")));
        zones.srvs.put("_sips._tcp.carrier.test", List.of(new Srv(5, 0, 5061, "h1")));
        zones.srvs.put("_sip._udp.carrier.test", List.of(new Srv(2, 0, 5062, "h3"), new Srv(1, 0, 5060, "h2")));
        assertThat(locate("sip:carrier.test"))
                .containsExactly("TLS 192.0.2.1:5061", "UDP 192.0.2.2:5060", "UDP 192.0.2.3:5062");
    }

    @Test
    void s22_sips_takes_nothing_but_tls() {
        zones.naptrs.put("carrier.test", List.of(new Naptr(1, 1, "SIP+D2U", "_sip._udp.carrier.test")));
        zones.srvs.put("_sip._udp.carrier.test", List.of(new Srv(1, 0, 5060, "h2")));
        zones.srvs.put("_sips._tcp.carrier.test", List.of(new Srv(1, 0, 5091, "h4")));
        assertThat(locate("sips:carrier.test")).containsExactly("TLS 192.0.2.4:5091");
    }

    @Test
    void s20_without_naptr_srv_of_each_transport_is_asked_and_without_srv_the_address() {
        zones.srvs.put("_sip._tcp.carrier.test", List.of(new Srv(1, 0, 5070, "h5")));
        assertThat(locate("sip:carrier.test")).containsExactly("TCP 192.0.2.5:5070");
        assertThat(locate("sip:h6")).containsExactly("UDP 192.0.2.6:5060");
        assertThat(locate("sip:nowhere")).isEmpty();
    }

    @Test
    void s20_the_name_that_led_there_stays_with_the_target() {
        zones.srvs.put("_sips._tcp.carrier.test", List.of(new Srv(1, 0, 5061, "h1")));
        assertThat(locator.locate(Site.of("sips:carrier.test").orElseThrow())
                        .getFirst()
                        .name())
                .isEqualTo("carrier.test");
    }

    @Test
    void s20_weights_share_the_calls_of_one_priority() {
        zones.srvs.put(
                "_sip._udp.carrier.test",
                List.of(new Srv(1, 90, 5060, "h1"), new Srv(1, 10, 5060, "h2"), new Srv(2, 0, 5060, "h3")));
        int first = 0;
        for (int call = 0; call < 1000; call++) {
            List<String> order = locate("sip:carrier.test;transport=udp");
            assertThat(order).hasSize(3).last().isEqualTo("UDP 192.0.2.3:5060");
            first += order.getFirst().equals("UDP 192.0.2.1:5060") ? 1 : 0;
        }
        assertThat(first).isBetween(850, 940);
        assertThat(zones.asked.stream().filter(q -> q.startsWith("SRV")).count())
                .isEqualTo(1);
    }

    @Test
    void s20_answers_hold_for_their_time_and_longer_when_nobody_answers() {
        assertThat(locate("sip:h6")).hasSize(1);
        int asked = zones.asked.size();
        time.advance(TTL.minusSeconds(1));
        assertThat(locate("sip:h6")).hasSize(1);
        assertThat(zones.asked).hasSize(asked);
        time.advance(Duration.ofSeconds(2));
        zones.silent = true;
        assertThat(locate("sip:h6")).hasSize(1);
        assertThat(zones.asked.size()).isGreaterThan(asked);
        time.advance(Duration.ofHours(1));
        assertThat(locate("sip:h6")).isEmpty();
    }

    @Test
    void s20_what_is_held_back_is_tried_when_there_is_nothing_else() {
        TargetHealth health = new TargetHealth(time);
        List<Target> both = List.of(
                new Target(Transport.UDP, Zones.address("192.0.2.1"), 5060, "a"),
                new Target(Transport.UDP, Zones.address("192.0.2.2"), 5060, "a"));
        health.holdBack(both.get(0), Duration.ofSeconds(7));
        assertThat(health.worthTrying(both)).containsExactly(both.get(1));
        health.holdBack(both.get(1), Duration.ofSeconds(60));
        assertThat(health.worthTrying(both)).isEqualTo(both);
        time.advance(Duration.ofSeconds(8));
        assertThat(health.worthTrying(both)).containsExactly(both.get(0));
        health.isWell(both.get(1));
        assertThat(health.worthTrying(both)).isEqualTo(both);
    }
}
