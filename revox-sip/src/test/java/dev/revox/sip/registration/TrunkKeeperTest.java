package dev.revox.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.secret.Secret;
import dev.revox.sip.digest.DigestAlgorithm;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.location.DnsNameService;
import dev.revox.sip.location.ServerLocator;
import dev.revox.sip.location.Site;
import dev.revox.sip.location.Target;
import dev.revox.sip.route.Routes;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SignalingWire;
import dev.revox.sip.signaling.SignalingWire.WireObserver;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.trunk.CallerIdPolicy;
import dev.revox.sip.trunk.Trunk;
import dev.revox.sip.trunk.TrunkPlan;
import dev.revox.sip.trunk.TrunkPlan.Capacity;
import dev.revox.sip.trunk.TrunkPlan.Login;
import dev.revox.sip.trunk.TrunkPlan.Numbers;
import dev.revox.sip.trunk.TrunkPlan.Upkeep;
import dev.revox.time.ManualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrunkKeeperTest {

    private static final String CHALLENGE = "Digest realm=\"carrier\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"";

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final Registrar registrar = new Registrar();

    /** Answers in turn as it is told; the last answer again and again. */
    private final class Registrar implements SignalingWire {
        private final List<SipRequest> requests = new ArrayList<>();
        private final List<Duration> at = new ArrayList<>();
        private final Queue<Answer> answers = new ArrayDeque<>();
        private Answer last = new Answer(200, Map.of());

        @Override
        public void send(SipRequest request, Target target, ResponseSink sink) {
            requests.add(request);
            at.add(Duration.ofNanos(time.nanoTime()));
            Answer next = answers.poll();
            last = next == null ? last : next;
            Answer answer = last;
            if (answer.status() == 0) {
                time.schedule(Duration.ofSeconds(32), sink::onTimeout);
                return;
            }
            Map<String, List<String>> headers = new HashMap<>();
            answer.headers()
                    .forEach((name, value) -> headers.put(
                            name.toLowerCase(Locale.ROOT),
                            name.equals("Contact") ? List.of(value.split(", ", -1)) : List.of(value)));
            time.execute(() -> sink.onResponse(new IncomingResponse(
                    answer.status(),
                    "",
                    new SipFrame(
                            request.method(),
                            "c",
                            request.cseq(),
                            "",
                            "",
                            "",
                            "f",
                            "t",
                            request.branch(),
                            Optional.empty(),
                            List.of(),
                            headers,
                            Optional.empty(),
                            new InetSocketAddress(9)))));
        }

        @Override
        public void sendOnce(SipRequest request, Target target) {}

        @Override
        public int localPort() {
            return 5060;
        }

        @Override
        public int openTransactions() {
            return 0;
        }

        @Override
        public int openConnections() {
            return 0;
        }

        @Override
        public void show(WireObserver observer) {}

        @Override
        public void keepAlive() {}

        @Override
        public void close() {}

        String header(int request, String name) {
            return requests.get(request).header(name).orElse("");
        }
    }

    private record Answer(int status, Map<String, String> headers) {}

    private final Trunk trunk = new Trunk(
            new TrunkPlan(
                    Site.of("sip:192.0.2.1").orElseThrow(),
                    Optional.empty(),
                    "carrier",
                    Optional.of(new Login("user", Secret.of("secret"), Optional.empty())),
                    new Numbers(
                            Optional.empty(), Optional.empty(), CallerIdPolicy.FROM, n -> n.e164(), Optional.empty()),
                    new Capacity(0, 0, 0),
                    new Upkeep(Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofHours(1))),
                    true,
                    new TrunkPlan.Sound(MediaEncryption.OFF, false, List.of()),
                    new TrunkPlan.Callers(List.of(), Optional.empty())),
            time);

    private final Set<String> questions = new HashSet<>();

    private Means means() {
        Tokens tokens = new Tokens();
        return new Means(
                trunk,
                new Routes(registrar, new ServerLocator(new DnsNameService(), time, new Random(1)), time),
                new LocalParty("198.51.100.7:5060", "Revox"),
                tokens,
                time,
                new Random(1),
                time,
                questions,
                () -> Optional.of(new DigestClient(
                        "user", Secret.of("secret"), Optional.empty(), DigestAlgorithm.MD5, tokens::next)));
    }

    private Registration registration() {
        Registration registration = new Registration(means(), Duration.ofHours(1));
        registration.begin();
        time.advance(Duration.ZERO);
        return registration;
    }

    private void answers(int status, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        registrar.answers.add(new Answer(status, map));
    }

    @Test
    void s16_a_challenge_is_answered_and_what_is_granted_is_renewed_in_time() {
        answers(401, "WWW-Authenticate", CHALLENGE);
        answers(200, "Contact", "<sip:other@203.0.113.1>;expires=9, <sip:revox@198.51.100.7:5060>;expires=600");
        Registration registration = registration();
        assertThat(registration.registered()).isTrue();
        assertThat(questions).isEmpty();
        assertThat(registrar.header(0, "Contact")).isEqualTo("<sip:revox@198.51.100.7:5060>;expires=3600");
        assertThat(registrar.header(1, "Authorization"))
                .contains("algorithm=SHA-256")
                .contains("username=\"user\"");
        assertThat(registrar.requests.get(0).uri()).isEqualTo("sip:192.0.2.1");
        assertThat(registrar.header(0, "Call-ID")).isEqualTo(registrar.header(1, "Call-ID"));
        time.advance(Duration.ofSeconds(541));
        assertThat(registrar.at.get(2)).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(540));
    }

    @Test
    void s16_the_time_of_our_own_contact_counts() {
        answers(200, "Contact", "<sip:revox@198.51.100.7:5060>;expires=600");
        registration();
        time.advance(Duration.ofSeconds(299));
        assertThat(registrar.requests).hasSize(1);
        time.advance(Duration.ofSeconds(242));
        assertThat(registrar.requests).hasSize(2);
    }

    @Test
    void s16_a_registrar_that_wants_more_time_gets_it_once() {
        answers(423, "Min-Expires", "7200");
        answers(200, "Expires", "7200");
        registration();
        assertThat(registrar.requests).hasSize(2);
        assertThat(registrar.header(1, "Expires")).isEqualTo("7200");
    }

    @Test
    void s16_423_without_end_is_no_loop() {
        answers(423, "Min-Expires", "3600");
        registration();
        time.advance(Duration.ofMinutes(29));
        assertThat(registrar.requests).hasSize(1);
    }

    @Test
    void s16_rejected_credentials_are_not_tried_again_and_again() {
        answers(401, "WWW-Authenticate", CHALLENGE);
        Registration registration = registration();
        time.advance(Duration.ofMinutes(29));
        assertThat(registrar.requests.size()).isLessThanOrEqualTo(3);
        assertThat(registration.registered()).isFalse();
    }

    @Test
    void s16_failures_and_silence_are_met_with_ever_longer_pauses() {
        answers(500);
        registration();
        time.advance(Duration.ofHours(6));
        List<Duration> at = registrar.at;
        assertThat(at.get(1)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(at.size()).isBetween(15, 40);
        Duration last = at.getLast().minus(at.get(at.size() - 2));
        assertThat(last).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
        registrar.answers.add(new Answer(0, Map.of()));
        time.advance(Duration.ofHours(2));
        assertThat(at.getLast().minus(at.get(at.size() - 2))).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void s16_retry_after_is_honoured() {
        answers(503, "Retry-After", "120 (maintenance)");
        registration();
        time.advance(Duration.ofSeconds(119));
        assertThat(registrar.requests).hasSize(1);
        time.advance(Duration.ofSeconds(3));
        assertThat(registrar.requests).hasSize(2);
    }

    @Test
    void s19_the_address_that_the_registrar_sees_is_registered() {
        answers(
                200,
                "Expires",
                "600",
                "Via",
                "SIP/2.0/UDP 198.51.100.7:5060;received=203.0.113.5;rport=40001;branch=x");
        registration();
        assertThat(registrar.header(1, "Contact")).contains("sip:revox@203.0.113.5:40001");
        assertThat(registrar.requests).hasSize(2);
    }

    @Test
    void s18_the_service_route_is_kept_for_calls() {
        answers(200, "Expires", "600", "Service-Route", "<sip:edge.carrier.test;lr>");
        registration();
        assertThat(trunk.serviceRoute()).containsExactly("<sip:edge.carrier.test;lr>");
    }

    @Test
    void s16_leaving_takes_the_registration_back_and_asks_no_more() {
        answers(200, "Expires", "600");
        Registration registration = registration();
        registration.leave(() -> {});
        time.advance(Duration.ofHours(2));
        assertThat(registrar.requests).hasSize(2);
        assertThat(registrar.header(1, "Expires")).isEqualTo("0");
        assertThat(registrar.header(1, "Contact")).endsWith(";expires=0");
    }

    @Test
    void s16_leaving_is_done_when_the_registrar_that_asks_for_the_password_again_has_got_it() {
        answers(401, "WWW-Authenticate", CHALLENGE);
        answers(200, "Expires", "600");
        Registration registration = registration();
        answers(401, "WWW-Authenticate", CHALLENGE.replace("n1", "n2") + ", stale=true");
        answers(200);
        List<Integer> doneAfter = new ArrayList<>();
        registration.leave(() -> doneAfter.add(registrar.requests.size()));
        time.advance(Duration.ofSeconds(1));
        assertThat(doneAfter).containsExactly(4);
        assertThat(registrar.header(3, "Expires")).isEqualTo("0");
        assertThat(registrar.header(3, "Authorization")).contains("nonce=\"n2\"");
    }

    @Test
    void s16_leaving_waits_for_nothing_where_nothing_is_registered() {
        answers(403);
        List<String> done = new ArrayList<>();
        registration().leave(() -> done.add("done"));
        time.advance(Duration.ZERO);
        assertThat(done).hasSize(1);
        assertThat(registrar.requests).hasSize(1);
    }

    @Test
    void s21_three_misses_are_a_trunk_down_and_any_answer_brings_it_back() {
        registrar.answers.add(new Answer(0, Map.of()));
        List<Boolean> told = new ArrayList<>();
        trunk.onChange(() -> told.add(trunk.down()));
        Pings pings = new Pings(means(), Duration.ofSeconds(30));
        pings.begin();
        time.advance(Duration.ofSeconds(70));
        assertThat(trunk.down()).isFalse();
        time.advance(Duration.ofSeconds(35));
        assertThat(trunk.down()).isTrue();
        answers(404);
        time.advance(Duration.ofSeconds(40));
        assertThat(trunk.down()).isFalse();
        assertThat(told).containsExactly(true, false);
        int asked = registrar.requests.size();
        time.advance(Duration.ofSeconds(300));
        assertThat(registrar.requests.size() - asked).isBetween(9, 11);
        assertThat(registrar.requests.getFirst().method()).isEqualTo("OPTIONS");
        assertThat(questions).isEmpty();
        pings.leave();
        time.advance(Duration.ofSeconds(1));
        asked = registrar.requests.size();
        time.advance(Duration.ofSeconds(300));
        assertThat(registrar.requests).hasSize(asked);
    }
}
