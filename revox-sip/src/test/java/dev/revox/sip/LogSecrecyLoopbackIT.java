package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.CallLeg;
import dev.revox.line.LegEvent;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A full trace of an authenticated call holds no secret. */
class LogSecrecyLoopbackIT {

    private static final class Collector extends Handler {

        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord logged) {
            lines.add(logged.getLevel() + " " + logged.getMessage()
                    + (logged.getThrown() == null ? "" : " " + logged.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final Logger root = Logger.getLogger("");
    private final Logger revox = Logger.getLogger("dev.revox");
    private final Collector collector = new Collector();

    @BeforeEach
    void listen() {
        collector.setLevel(Level.ALL);
        root.addHandler(collector);
        revox.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.removeHandler(collector);
        revox.setLevel(Level.INFO);
    }

    @Test
    void a_trace_log_shows_the_messages_without_credentials_numbers_or_digits() {
        String password = "canary-password-7781";
        Events events = new Events();
        try (RawPeer peer = new RawPeer();
                Lines line =
                        new Lines(SipTrunk.of("sip:127.0.0.1:" + peer.port()).credentials("revox", password))) {
            CallLeg leg = line.dial(events);
            Received first = peer.awaitRequest("INVITE");
            peer.reply(
                    first,
                    "401 Unauthorized",
                    "t0",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"canary-nonce-5561\", qop=\"auth\"\r\n",
                    "");
            Received second = peer.await(
                    "authenticated INVITE",
                    r -> r.isRequest("INVITE") && r.text().contains("Authorization: "));
            String authorization = second.header("Authorization");
            String response = authorization.replaceAll(".*response=\"([0-9a-f]+)\".*", "$1");
            peer.ok(second, "t1", RawPeer.SDP);
            LegEvent.Answered unused = events.await(LegEvent.Answered.class);
            peer.send(
                    peer.within(second, "t1", "INFO", 7, "", "Signal=9\r\nDuration=160\r\n")
                            .replace("application/sdp", "application/dtmf-relay"),
                    line.line.sipPort());
            peer.awaitResponse(200, "INFO");
            // Not parseable: the library logs the raw bytes of what it drops.
            peer.send("INVITE sip:x SIP/2.0\r\nAuthorization: " + authorization + "\r\n\r\n", line.line.sipPort());
            leg.hangUp();
            peer.awaitRequest("BYE");

            assertThat(response).hasSize(32);
            assertThat(String.join("\n", collector.lines))
                    .contains("INVITE sip:", "200 OK", "m=audio")
                    .doesNotContain(password, response, "canary-nonce-5561")
                    .doesNotContain(Lines.CALLEE, Lines.CALLEE.substring(1), "14155550199")
                    .doesNotContain("Signal=9");
        }
    }
}
