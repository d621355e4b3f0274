package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.location.NameService;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.signaling.valve.ValveSettings;
import dev.revox.sip.trunk.CallerIdPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several targets and several trunks, some of which do not take the call. */
class FailoverLoopbackIT {

    private final RawPeer first = new RawPeer();
    private final RawPeer second = new RawPeer();

    @SuppressWarnings("NullAway.Init") // each test opens its own
    private Lines line;

    @AfterEach
    void close() {
        line.close();
        first.close();
        second.close();
    }

    /** SRV records of carrier.test: the first peer, then the second. */
    private NameService srv(CountDownLatch answering) {
        return new NameService() {
            @Override
            public Found<Naptr> naptr(String domain) {
                return new Found<>(List.of(), Duration.ofMinutes(1));
            }

            @Override
            public Found<Srv> srv(String name) {
                try {
                    answering.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return name.equals("_sip._udp.carrier.test")
                        ? new Found<>(
                                List.of(
                                        new Srv(1, 0, first.port(), "127.0.0.1"),
                                        new Srv(2, 0, second.port(), "127.0.0.1")),
                                Duration.ofMinutes(1))
                        : new Found<>(List.of(), Duration.ofMinutes(1));
            }

            @Override
            public Found<InetAddress> addresses(String host) throws LookupException {
                try {
                    return new Found<>(List.of(InetAddress.getByName(host)), Duration.ofMinutes(1));
                } catch (UnknownHostException e) {
                    throw new LookupException(host);
                }
            }
        };
    }

    private void byName() {
        line = new Lines(b -> b.trunk(SipTrunk.of("sip:carrier.test").credentials("user", "secret"))
                .nameService(srv(new CountDownLatch(0))));
    }

    private void byTwoTrunks(SipTrunk one, SipTrunk two) {
        line = new Lines(b -> b.trunk(one).trunk(two));
    }

    private SipTrunk trunk(RawPeer peer, String name) {
        return SipTrunk.of("sip:127.0.0.1:" + peer.port()).name(name);
    }

    private void refuse(RawPeer peer, String status, String extra) {
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(invite, status, "refused", extra, "");
    }

    @Test
    void f09_503_goes_on_to_the_next_target_at_once_and_retry_after_spares_the_first() {
        byName();
        Events events = new Events();
        line.dial(events);
        refuse(first, "503 Service Unavailable", "Retry-After: 7\r\n");
        Received invite = second.awaitRequest("INVITE");
        assertThat(invite.startLine()).isEqualTo("INVITE sip:+14155550123@carrier.test SIP/2.0");
        second.ok(invite, "peer", RawPeer.SDP);
        LegEvent.Answered answered = events.await(LegEvent.Answered.class);
        assertThat(answered).isNotNull();
        first.awaitRequest("ACK");

        second.inbox.clear();
        line.dial(new Events());
        second.awaitRequest("INVITE");
        assertThat(first.inbox.stream()
                        .filter(r -> r.isRequest("INVITE"))
                        .map(r -> r.header("Call-ID"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void f09_silence_goes_on_to_the_next_target_after_timer_b() {
        byName();
        Events events = new Events();
        line.dial(events);
        second.ok(second.awaitRequest("INVITE"), "peer", RawPeer.SDP);
        LegEvent.Answered answered = events.await(LegEvent.Answered.class);
        assertThat(answered).isNotNull();
        assertThat(first.count(r -> r.isRequest("INVITE"))).isGreaterThan(3);
    }

    @Test
    void s20_a_failure_after_it_rang_is_final() {
        byName();
        Events events = new Events();
        line.dial(events);
        Received invite = first.awaitRequest("INVITE");
        first.reply(invite, "180 Ringing", "peer", "", "");
        // Two datagrams at once may be read in either order.
        LegEvent.Ringing unused = events.await(LegEvent.Ringing.class);
        first.reply(invite, "503 Service Unavailable", "peer", "", "");
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.raw().sipStatus()).hasValue(503);
        assertThat(second.inbox).isEmpty();
    }

    @Test
    void s20_a_trunk_without_a_route_is_followed_by_the_next_and_the_attempt_keeps_who_said_what() {
        byTwoTrunks(trunk(first, "one"), trunk(second, "two"));
        Events events = new Events();
        line.dial(events);
        refuse(first, "404 Not Found", "Reason: Q.850;cause=3\r\n");
        refuse(second, "486 Busy Here", "Reason: Q.850;cause=17\r\n");
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.BUSY);
        assertThat(failed.raw().trunk()).isEqualTo("two");
        assertThat(failed.raw().q850Cause()).hasValue(17);
        assertThat(events.terminals()).isEqualTo(1);
        Lines.eventually("all forgotten", () -> line.line.occupancy() == 0);
    }

    @Test
    void x11_each_trunk_is_shown_its_own_credentials_and_none_of_the_others() {
        String challenge = "WWW-Authenticate: Digest realm=\"any\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"\r\n";
        byTwoTrunks(
                trunk(first, "one").credentials("user-one", "secret-one"),
                trunk(second, "two").credentials("user-two", "secret-two"));
        line.dial(new Events());
        refuse(first, "401 Unauthorized", challenge);
        Received again =
                first.await("credentials", r -> !r.header("Authorization").isEmpty());
        assertThat(again.header("Authorization")).contains("user-one");
        first.reply(again, "503 Service Unavailable", "x", "", "");
        Received invite = second.awaitRequest("INVITE");
        assertThat(invite.text()).doesNotContain("Authorization").doesNotContain("user-one");
        second.reply(invite, "401 Unauthorized", "x", challenge, "");
        assertThat(second.await("credentials", r -> !r.header("Authorization").isEmpty())
                        .header("Authorization"))
                .contains("user-two");
    }

    @Test
    void s20_a_name_server_that_does_not_answer_holds_up_nobody_else_and_the_call_can_be_withdrawn() {
        CountDownLatch answering = new CountDownLatch(1);
        line = new Lines(b -> b.trunk(SipTrunk.of("sip:slow.test")).nameService(srv(answering)));
        Events events = new Events();
        for (int call = 0; call < 8; call++) {
            line.dial(new Events());
        }
        line.dial(events).hangUp();
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.raw().reasonPhrase()).hasValue("cancelled");
        answering.countDown();
    }

    @Test
    void s18_a_proxy_is_gone_through_with_a_route_and_the_caller_is_named_as_the_trunk_wants() {
        line = new Lines(b -> b.trunk(SipTrunk.of("sip:pstn.carrier.test")
                .outboundProxy("sip:127.0.0.1:" + first.port())
                .callerIdPolicy(CallerIdPolicy.HIDDEN)
                .dialPlan(number -> "9" + number.e164().substring(1))));
        line.dial(new Events());
        Received invite = first.awaitRequest("INVITE");
        assertThat(invite.startLine()).isEqualTo("INVITE sip:914155550123@pstn.carrier.test SIP/2.0");
        assertThat(invite.header("Route")).isEqualTo("<sip:127.0.0.1:" + first.port() + ";lr>");
        assertThat(invite.header("From")).startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=");
        assertThat(invite.header("P-Asserted-Identity")).isEqualTo("<sip:+14155550199@pstn.carrier.test>");
        assertThat(invite.header("Privacy")).isEqualTo("id");
    }

    @Test
    void s13_each_trunk_is_offered_its_own_codecs() {
        line = new Lines(b -> b.trunk(trunk(first, "wide").codecs(AudioCodec.G722, AudioCodec.PCMA))
                .trunk(trunk(second, "plain")));
        line.dial(new Events());
        Received wide = first.awaitRequest("INVITE");
        assertThat(wide.body()).containsPattern("m=audio [0-9]+ RTP/AVP 9 8 [0-9 ]*\r\n");
        first.reply(wide, "503 Service Unavailable", "x", "", "");
        Received plain = second.awaitRequest("INVITE");
        assertThat(plain.body()).doesNotContainPattern("m=audio [0-9]+ RTP/AVP 9 8 ");
    }

    @Test
    void s24_a_signed_call_carries_its_signature_also_when_it_is_asked_for_a_password() {
        line = new Lines(b -> b.trunk(trunk(first, "signed")
                .credentials("user", "secret")
                .signer(claims -> CompletableFuture.completedStage(
                        "a." + claims.called().e164().substring(1) + ".c;info=<https://c.test/c.pem>;alg=ES256"))));
        line.dial(new Events());
        Received invite = first.awaitRequest("INVITE");
        assertThat(invite.header("Identity")).isEqualTo("a.14155550123.c;info=<https://c.test/c.pem>;alg=ES256");
        assertThat(invite.header("Date")).endsWith(" GMT");
        first.reply(
                invite,
                "401 Unauthorized",
                "r",
                "WWW-Authenticate: Digest realm=\"127.0.0.1\", nonce=\"n1\", qop=\"auth\"\r\n",
                "");
        Received again =
                first.await("credentials", r -> !r.header("Authorization").isEmpty());
        assertThat(again.header("Identity")).isEqualTo(invite.header("Identity"));
    }

    @Test
    void s16_we_register_with_credentials_and_take_it_back_when_the_line_closes() {
        line = new Lines(b -> b.trunk(trunk(first, "registrar")
                .credentials("user", "secret")
                .callerId(PhoneNumber.of("+14155550199"))
                .register()));
        Received register = first.awaitRequest("REGISTER");
        assertThat(register.header("To")).startsWith("<sip:user@127.0.0.1:");
        first.reply(
                register,
                "401 Unauthorized",
                "r",
                "WWW-Authenticate: Digest realm=\"any\", nonce=\"n\", qop=\"auth\"\r\n",
                "");
        Received again =
                first.await("credentials", r -> !r.header("Authorization").isEmpty());
        first.reply(again, "200 OK", "r", "Contact: " + register.header("Contact") + "\r\n", "");
        Lines.eventually("registered", () -> line.line.trunkStatus().getFirst().registered());
        line.line.close();
        Received last = first.await("unregistered", r -> r.header("Expires").equals("0"));
        assertThat(last.header("Call-ID")).isEqualTo(register.header("Call-ID"));
    }

    @Test
    void x07_strangers_all_get_the_same_answer_few_of_them_and_nothing_is_made_for_them() throws IOException {
        line = new Lines(b -> b.trunk(trunk(first, "only").allowInboundFrom("127.0.0.1")));
        try (RawPeer stranger = new RawPeer("127.0.0.7")) {
            for (String user : List.of("100", "admin", "+14155550199")) {
                for (String method : List.of("OPTIONS", "REGISTER", "INVITE")) {
                    stranger.send(
                            stranger.message(
                                    method,
                                    "sip:" + user + "@127.0.0.1",
                                    stranger.nextBranch(),
                                    "<sip:" + user + "@127.0.0.1>;tag=s",
                                    "<sip:" + user + "@127.0.0.1>",
                                    stranger.nextBranch(),
                                    1,
                                    "",
                                    ""),
                            line.line.sipPort());
                }
            }
            Lines.eventually("answered", () -> stranger.inbox.size() == 9);
            assertThat(stranger.inbox).allMatch(r -> r.startLine().startsWith("SIP/2.0 403 "));
            for (int i = 0; i < 2_000; i++) {
                stranger.send(
                        stranger.message(
                                "OPTIONS",
                                "sip:" + i + "@127.0.0.1",
                                stranger.nextBranch(),
                                "<sip:scan@127.0.0.1>;tag=s",
                                "<sip:" + i + "@127.0.0.1>",
                                "scan" + i,
                                1,
                                "",
                                ""),
                        line.line.sipPort());
            }
            Lines.eventually("seen", () -> line.line.valveCounts().strangerOverBudget() > 1_500);
            assertThat(stranger.inbox.size()).isLessThan(60);
            assertThat(line.line.occupancy()).isZero();
            assertThat(line.plane.sessions).isEmpty();
        }
    }

    @Test
    void s26_more_calls_than_we_carry_are_turned_away_before_anything_is_made_for_them() {
        forOneCallerAtATime();
        for (String call : List.of("one", "two")) {
            invite(call);
            if (call.equals("one")) {
                first.awaitResponse(180, "INVITE");
            }
        }
        Received refused = first.awaitResponse(503, "INVITE");
        assertThat(refused.header("Call-ID")).isEqualTo("two");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertThat(line.plane.sessions).hasSize(1);
    }

    @Test
    void s26_calls_that_are_over_count_until_their_room_is_free() {
        forOneCallerAtATime();
        line.plane.notFreedYet.set(1);
        invite("too-early");
        assertThat(first.awaitResponse(503, "INVITE").header("Call-ID")).isEqualTo("too-early");
        line.plane.notFreedYet.set(0);
        invite("in-time");
        assertThat(first.awaitResponse(180, "INVITE").header("Call-ID")).isEqualTo("in-time");
    }

    @Test
    void s26_a_line_whose_host_is_slow_to_take_calls_turns_new_ones_away_until_it_goes_on() {
        line = new Lines(b -> b.trunk(trunk(first, "only").allowInboundFrom("127.0.0.1")));
        CountDownLatch hostGoesOn = new CountDownLatch(1);
        line.line.onIncoming((call, leg) -> {
            try {
                hostGoesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(new Events());
        });
        AtomicInteger calls = new AtomicInteger();
        Lines.eventually("turned away", () -> {
            invite("before-" + calls.incrementAndGet());
            return first.count(r -> r.isResponse(503, "INVITE")) > 0;
        });
        hostGoesOn.countDown();
        Lines.eventually("taken again", () -> {
            invite("after-" + calls.incrementAndGet());
            return first.count(r ->
                            r.isResponse(180, "INVITE") && r.header("Call-ID").startsWith("after-"))
                    > 0;
        });
    }

    private void forOneCallerAtATime() {
        line = new Lines(
                b -> b.trunk(trunk(first, "only").allowInboundFrom("127.0.0.1")),
                SipSettings.DEFAULT.withT1(Lines.T1).withValve(ValveSettings.DEFAULT.maxCalls(1)));
        line.line.onIncoming((call, leg) -> Optional.of(new Events()));
    }

    private void invite(String callId) {
        first.send(
                first.message(
                        "INVITE",
                        "sip:+14155550123@127.0.0.1:" + line.line.sipPort(),
                        first.nextBranch(),
                        "<sip:+33123456789@peer.test>;tag=c",
                        "<sip:+14155550123@revox.test>",
                        callId,
                        1,
                        "",
                        RawPeer.SDP),
                line.line.sipPort());
    }
}
