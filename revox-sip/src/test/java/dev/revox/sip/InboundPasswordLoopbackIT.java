package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.secret.Secret;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.digest.DigestAlgorithm;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.digest.DigestClient.ChallengeHeader;
import dev.revox.sip.signaling.valve.ValveSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers whose address nobody knows, and who show a password. */
class InboundPasswordLoopbackIT {

    private static final String FROM = "<sip:+33123456789@peer.test>;tag=caller";
    private static final String TO = "<sip:+14155550123@revox.test>";
    private static final String PASSWORD = "correct horse battery";

    private final RawPeer peer = new RawPeer();
    private final Events events = new Events();
    private final List<String> trunks = new CopyOnWriteArrayList<>();
    private final Lines line = new Lines(
            b -> b.trunk(SipTrunk.of("sip:127.0.0.1:9").name("first").allowInboundFrom("192.0.2.1"))
                    .trunk(SipTrunk.of("sip:127.0.0.1:11").name("desks").allowInboundAs("desk", Secret.of(PASSWORD))),
            SipSettings.DEFAULT.withValve(ValveSettings.DEFAULT.strangers(1000, 1000)));

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private void takeCalls() {
        line.line.onIncoming((call, incoming) -> {
            trunks.add(call.trunk());
            incoming.answer();
            return Optional.of(events);
        });
    }

    private String uri() {
        return "sip:+14155550123@127.0.0.1:" + line.line.sipPort();
    }

    private void send(String method, String to, long cseq, String extra, String body) {
        peer.send(
                peer.message(method, uri(), peer.nextBranch(), FROM, to, "call-1", cseq, extra, body),
                line.line.sipPort());
    }

    private String answerTo(Received challenge, String user, String password) {
        DigestClient client =
                new DigestClient(user, Secret.of(password), Optional.empty(), DigestAlgorithm.MD5, () -> "cn");
        assertThat(client.challenged(challenge.headers("WWW-Authenticate").stream()
                        .map(value -> new ChallengeHeader(false, value))
                        .toList()))
                .isTrue();
        return "Authorization: "
                + client.credentials("INVITE", uri()).getFirst().value() + "\r\n";
    }

    private Received response(long cseq) {
        return peer.await(
                "final response", r -> r.header("CSeq").equals(cseq + " INVITE") && !r.isResponse(100, "INVITE"));
    }

    @Test
    void s17_a_caller_with_the_password_is_let_in_by_its_trunk_and_talks_on_without_being_asked_again() {
        takeCalls();
        send("INVITE", TO, 1, "", RawPeer.SDP);
        Received asked = response(1);
        assertThat(asked.isResponse(401, "INVITE")).isTrue();
        assertThat(line.line.occupancy()).isZero();

        send("INVITE", TO, 2, answerTo(asked, "desk", PASSWORD), RawPeer.SDP);
        Received up = peer.await("200", r -> r.isResponse(200, "INVITE"));
        send("ACK", TO + ";tag=" + up.toTag(), 2, "", "");
        LegEvent.Answered unused = events.await(LegEvent.Answered.class);
        assertThat(trunks).containsExactly("desks");
        send("BYE", TO + ";tag=" + up.toTag(), 3, "", "");
        assertThat(peer.awaitResponse(200, "BYE")).isNotNull();
        LegEvent.Ended ended = events.await(LegEvent.Ended.class);
        assertThat(ended).isNotNull();
    }

    @Test
    void x07_who_does_not_know_it_is_asked_again_and_again_and_learns_nothing() {
        takeCalls();
        send("INVITE", TO, 1, "", RawPeer.SDP);
        Received asked = response(1);
        send("INVITE", TO, 2, answerTo(asked, "desk", "wrong password here"), RawPeer.SDP);
        send("INVITE", TO, 3, answerTo(asked, "nobody", PASSWORD), RawPeer.SDP);
        Received wrong = response(2);
        Received unknown = response(3);
        assertThat(wrong.startLine()).isEqualTo("SIP/2.0 401 Unauthorized").isEqualTo(unknown.startLine());
        assertThat(wrong.headers("WWW-Authenticate")).hasSize(3).noneMatch(value -> value.contains("stale"));
        assertThat(unknown.headers("WWW-Authenticate")).hasSize(3).noneMatch(value -> value.contains("stale"));
        send("OPTIONS", TO, 4, "", "");
        assertThat(peer.awaitResponse(403, "OPTIONS")).isNotNull();
        assertThat(trunks).isEmpty();
        assertThat(line.line.occupancy()).isZero();
    }
}
