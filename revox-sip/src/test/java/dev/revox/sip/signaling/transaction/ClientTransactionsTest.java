package dev.revox.sip.signaling.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.location.Target;
import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 3261 §17.1 in virtual time, T1 = 500 ms. */
class ClientTransactionsTest {

    private static final Target UDP =
            new Target(Transport.UDP, InetAddress.getLoopbackAddress(), 5060, "trunk.example");
    private static final Target TCP = UDP.by(Transport.TCP);

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final List<String> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean broken;
    private final ClientTransactions transactions =
            new ClientTransactions(time, Duration.ofMillis(500), (target, message) -> {
                if (broken) {
                    throw new IOException("no way");
                }
                sent.add(new String(message, StandardCharsets.UTF_8));
            });

    private final ResponseSink sink = new ResponseSink() {
        @Override
        public void onResponse(IncomingResponse response) {
            told.add(Integer.toString(response.status()));
        }

        @Override
        public void onTimeout() {
            told.add("timeout");
        }

        @Override
        public void onTransportError() {
            told.add("unreachable");
        }
    };

    private void begin(String method, Target target) {
        SipRequest request = new SipRequest(
                method,
                "sip:a@b",
                "z9hG4bK1",
                7,
                List.of(
                        new SipHeader("Via", "SIP/2.0/UDP us;branch=z9hG4bK1"),
                        new SipHeader("Route", "<sip:r;lr>"),
                        new SipHeader("From", "<sip:us>;tag=mine"),
                        new SipHeader("To", "<sip:a@b>"),
                        new SipHeader("Call-ID", "c"),
                        new SipHeader("CSeq", "7 " + method),
                        new SipHeader("Contact", "<sip:us>")),
                Optional.empty());
        transactions.begin(request, request.encode().getBytes(StandardCharsets.UTF_8), target, sink);
    }

    private boolean respond(int status, String method, String fromTag) {
        return transactions.onResponse(new IncomingResponse(
                status,
                "",
                new SipFrame(
                        method,
                        "c",
                        7,
                        "<sip:us>;tag=" + fromTag,
                        "<sip:a@b>;tag=theirs",
                        "us",
                        fromTag,
                        "theirs",
                        "z9hG4bK1",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060))));
    }

    private long count(String method) {
        return sent.stream().filter(text -> text.startsWith(method + " ")).count();
    }

    @Test
    void an_invite_is_repeated_doubling_from_t1_and_given_up_after_64_t1() {
        begin("INVITE", UDP);
        time.advance(Duration.ofMillis(31_400));
        // At 0, 0.5, 1.5, 3.5, 7.5 and 15.5 s; the next would be at 31.5.
        assertThat(count("INVITE")).isEqualTo(6);
        assertThat(told).isEmpty();
        time.advance(Duration.ofSeconds(4));
        assertThat(told).containsExactly("timeout");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void an_invite_that_rings_is_not_repeated_and_waited_for_ten_minutes_at_most() {
        begin("INVITE", UDP);
        assertThat(respond(180, "INVITE", "mine")).isTrue();
        time.advance(Duration.ofMinutes(5));
        assertThat(count("INVITE")).isEqualTo(1);
        assertThat(told).containsExactly("180");
        assertThat(transactions.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(7));
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_200_ends_it_and_a_second_one_is_nobodys_here() {
        begin("INVITE", UDP);
        assertThat(respond(200, "INVITE", "mine")).isTrue();
        assertThat(respond(200, "INVITE", "mine")).isFalse();
        assertThat(told).containsExactly("200");
        assertThat(count("ACK")).as("the ACK to a 2xx is the call's").isZero();
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_refusal_gets_an_ack_on_the_invites_branch_as_often_as_it_comes_and_is_told_once() {
        begin("INVITE", UDP);
        assertThat(respond(486, "INVITE", "mine")).isTrue();
        assertThat(respond(486, "INVITE", "mine")).isTrue();
        assertThat(told).containsExactly("486");
        assertThat(count("ACK")).isEqualTo(2);
        assertThat(sent.getLast()).isEqualTo("""
                ACK sip:a@b SIP/2.0\r
                Via: SIP/2.0/UDP us;branch=z9hG4bK1\r
                Route: <sip:r;lr>\r
                From: <sip:us>;tag=mine\r
                To: <sip:a@b>;tag=theirs\r
                Call-ID: c\r
                CSeq: 7 ACK\r
                Content-Length: 0\r
                \r
                """);
        time.advance(Duration.ofSeconds(35));
        assertThat(transactions.size()).isZero();
        assertThat(told).containsExactly("486");
        assertThat(count("INVITE")).isEqualTo(1);
    }

    @Test
    void other_requests_are_repeated_up_to_t2_also_after_a_provisional_response() {
        begin("BYE", UDP);
        time.advance(Duration.ofMillis(1_600));
        assertThat(count("BYE")).isEqualTo(3);
        assertThat(respond(100, "BYE", "mine")).isTrue();
        time.advance(Duration.ofSeconds(10));
        assertThat(count("BYE")).isEqualTo(6);
        assertThat(respond(200, "BYE", "mine")).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(count("BYE")).isEqualTo(6);
        assertThat(told).containsExactly("100", "200");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_request_that_nobody_answers_ends_after_64_t1() {
        begin("OPTIONS", UDP);
        time.advance(Duration.ofSeconds(35));
        assertThat(told).containsExactly("timeout");
        assertThat(count("OPTIONS")).isEqualTo(11);
    }

    @Test
    void by_a_connection_nothing_is_repeated_and_the_wait_ends_all_the_same() {
        begin("BYE", TCP);
        time.advance(Duration.ofSeconds(35));
        assertThat(count("BYE")).isEqualTo(1);
        assertThat(told).containsExactly("timeout");
    }

    @Test
    void a_connection_that_is_lost_fails_what_had_no_answer() {
        begin("INVITE", TCP);
        transactions.connectionLost(UDP::equals);
        assertThat(told).isEmpty();
        assertThat(respond(100, "INVITE", "mine")).isTrue();
        transactions.connectionLost(TCP::equals);
        assertThat(told).containsExactly("100");
        begin("BYE", TCP);
        transactions.connectionLost(TCP::equals);
        assertThat(told).containsExactly("100", "unreachable");
    }

    @Test
    void a_request_that_cannot_be_sent_is_told_at_once_and_leaves_nothing() {
        broken = true;
        begin("INVITE", TCP);
        assertThat(told).containsExactly("unreachable");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_response_with_somebody_elses_tag_changes_nothing() {
        begin("INVITE", UDP);
        assertThat(respond(486, "INVITE", "other")).isTrue();
        assertThat(told).isEmpty();
        assertThat(count("ACK")).isZero();
        assertThat(respond(200, "INVITE", "mine")).isTrue();
        assertThat(told).containsExactly("200");
    }

    @Test
    void a_cancel_has_the_branch_of_its_invite_and_an_answer_of_its_own() {
        begin("INVITE", UDP);
        begin("CANCEL", UDP);
        assertThat(respond(200, "CANCEL", "mine")).isTrue();
        assertThat(respond(487, "INVITE", "mine")).isTrue();
        assertThat(told).containsExactly("200", "487");
    }
}
