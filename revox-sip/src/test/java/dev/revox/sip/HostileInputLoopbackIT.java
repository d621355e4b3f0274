package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.Lines.Events;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever arrives on the port, the line goes on. */
class HostileInputLoopbackIT {

    private static final String FROM = "<sip:+33123456789@peer.test>;tag=caller";
    private static final String TO = "<sip:+14155550123@revox.test>";

    private final RawPeer peer = new RawPeer();
    private Lines line;

    @BeforeEach
    void open() {
        line = new Lines(SipTrunk.of("sip:127.0.0.1:9").allowInboundFrom("127.0.0.1"));
        line.line.onIncoming((call, leg) -> Optional.of(new Events()));
    }

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private int port() {
        return line.line.sipPort();
    }

    private String request(String method, String callId, String extra, String body) {
        return peer.message(
                method, "sip:+14155550123@127.0.0.1:" + port(), peer.nextBranch(), FROM, TO, callId, 1, extra, body);
    }

    private void stillAnswers() {
        peer.inbox.clear();
        Lines.eventually("OPTIONS answered", () -> {
            peer.send(request("OPTIONS", "alive-" + peer.nextBranch(), "", ""), port());
            return peer.count(r -> r.isResponse(200, "OPTIONS")) > 0;
        });
    }

    @Test
    void mutated_messages_change_nothing() {
        long seed = 20_260_101L;
        Random random = new Random(seed);
        List<String> originals = List.of(
                request("INVITE", "fuzz", "", RawPeer.SDP),
                request("OPTIONS", "fuzz", "Accept: application/sdp\r\n", ""),
                request("BYE", "fuzz", "", "").replace(TO, TO + ";tag=x"),
                request("CANCEL", "fuzz", "", ""),
                "SIP/2.0 200 OK\r\n"
                        + request("INVITE", "fuzz", "", RawPeer.SDP).split("\r\n", 2)[1]);
        for (int round = 0; round < 1_500; round++) {
            byte[] bytes = originals.get(round % originals.size()).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            peer.send(bytes, port());
            if (round % 100 == 99) {
                stillAnswers();
            }
        }
        stillAnswers();
        assertThat(line.line.sipPort()).as("seed %s", seed).isPositive();
    }

    @Test
    void huge_and_empty_datagrams_change_nothing() {
        peer.send(new byte[0], port());
        peer.send("\r\n\r\n", port());
        peer.send("\0\0\0\0", port());
        peer.send("INVITE", port());
        peer.send("Contact: <sip:a@b>,".repeat(3_000), port());
        peer.send(request("INVITE", "big", "X-Big: " + "x".repeat(60_000) + "\r\n", RawPeer.SDP), port());
        peer.send(
                request("INVITE", "lying", "", RawPeer.SDP).replace("Content-Length: ", "Content-Length: 99999999"),
                port());
        peer.send(request("INVITE", "minus", "", "").replace("CSeq: 1 ", "CSeq: 99999999999 "), port());
        stillAnswers();
        assertThat(line.plane.sessions).isEmpty();
    }

    @Test
    void s28_what_a_datagram_has_behind_its_body_is_thrown_away() {
        peer.send(request("INVITE", "longer", "", RawPeer.SDP) + "m=audio what is this\r\n", port());
        peer.awaitResponse(180, "INVITE");
        peer.send(request("OPTIONS", "no-body", "", "") + "\0\0\0", port());
        peer.awaitResponse(200, "OPTIONS");
    }
}
