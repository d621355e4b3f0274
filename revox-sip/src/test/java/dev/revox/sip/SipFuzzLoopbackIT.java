package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.fuzz.Mutations;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mutated requests to, and mutated responses from, a line that is in a call. */
class SipFuzzLoopbackIT {

    private static final String FROM = "<sip:+33123456789@peer.test>;tag=caller";
    private static final String TO = "<sip:+14155550123@revox.test>";

    private final RawPeer peer = new RawPeer();
    private final Lines line =
            new Lines(SipTrunk.of("sip:127.0.0.1:" + peer.port()).name("fuzz").allowInboundFrom("127.0.0.1"));
    private final Queue<String> defects = new ConcurrentLinkedQueue<>();
    private final Logger product = Logger.getLogger("dev.revox");
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                defects.add(logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        product.addHandler(listening);
        line.line.onIncoming((call, leg) -> Optional.of(new Events()));
    }

    @AfterEach
    void close() {
        product.removeHandler(listening);
        line.close();
        peer.close();
    }

    private String request(String method, String callId, String to, String extra, String body) {
        return peer.message(
                method,
                "sip:+14155550123@127.0.0.1:" + line.line.sipPort(),
                peer.nextBranch(),
                FROM,
                to,
                callId,
                1,
                extra,
                body);
    }

    @Test
    void x10_mutated_messages_end_nothing_but_what_they_are_about() {
        Events events = new Events();
        line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        peer.ok(invite, "t1", RawPeer.SDP);
        events.await(dev.revox.line.LegEvent.Answered.class);
        String ours = invite.text();
        String reply = "SIP/2.0 200 OK\r\n" + ours.split("\r\n", 2)[1];
        List<String> originals = List.of(
                request("INVITE", "fuzz", TO, "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n", RawPeer.SDP),
                request("OPTIONS", "fuzz", TO, "Accept: application/sdp\r\nRoute: <sip:127.0.0.1;lr>\r\n", ""),
                request("BYE", "fuzz", TO + ";tag=x", "Reason: Q.850;cause=16;text=\"x\"\r\n", ""),
                request("INFO", "fuzz", TO + ";tag=x", "", "Signal=5\r\nDuration=160\r\n"),
                request("CANCEL", "fuzz", TO, "", ""),
                request("REFER", "fuzz", TO, "Refer-To: <sip:x@127.0.0.1>\r\n", ""),
                reply,
                reply.replace(
                        "200 OK",
                        "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""),
                reply.replace("200 OK", "302 Moved\r\nContact: <sip:a@127.0.0.1>;q=0.5"));
        try (Mutations mutations = new Mutations()) {
            while (mutations.goOn()) {
                peer.send(
                        mutations.of(originals.get(mutations.random().nextInt(originals.size()))), line.line.sipPort());
                if (mutations.rounds() % 200 == 0) {
                    stillAnswers();
                }
            }
            stillAnswers();
            assertThat(defects).as(mutations.where()).isEmpty();
            assertThat(mutations.rounds()).isGreaterThan(500);
        }
        assertThat(events.terminals()).as("the call that was up is still up").isZero();
    }

    private void stillAnswers() {
        peer.inbox.clear();
        Lines.eventually("OPTIONS answered", () -> {
            peer.send(request("OPTIONS", "alive-" + peer.nextBranch(), TO, "", ""), line.line.sipPort());
            return peer.count(r -> r.isResponse(200, "OPTIONS")) > 0;
        });
    }
}
