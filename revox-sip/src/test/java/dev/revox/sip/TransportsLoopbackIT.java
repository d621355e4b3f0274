package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.tls.SipTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TCP and TLS, with a peer that takes part byte by byte. */
class TransportsLoopbackIT {

    @TempDir
    static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = new Certificates(folder);
    }

    private static Lines line(String uri) {
        return line(uri, SipTls.DEFAULT);
    }

    private static Lines line(String uri, SipTls tls) {
        return new Lines(
                SipTrunk.of(uri).name("stream").allowInboundFrom("127.0.0.1"),
                SipSettings.DEFAULT.withT1(Lines.T1).withTls(tls));
    }

    private static void wholeCall(Lines line, StreamPeer peer, String via) {
        Events events = new Events();
        var leg = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        assertThat(invite.header("Via")).startsWith("SIP/2.0/" + via + " 127.0.0.1:");
        peer.ok(invite, "peer", RawPeer.SDP);
        LegEvent.Answered answered = events.await(LegEvent.Answered.class);
        assertThat(answered).isNotNull();
        Received ack = peer.awaitRequest("ACK");
        assertThat(ack.header("Via")).startsWith("SIP/2.0/" + via);
        leg.hangUp();
        peer.ok(peer.awaitRequest("BYE"), "peer", "");
        LegEvent.Ended ended = events.await(LegEvent.Ended.class);
        assertThat(ended).isNotNull();
        assertThat(peer.connections).hasSize(1);
        assertThat(peer.inbox.stream().filter(r -> r.isRequest("INVITE"))).hasSize(1);
    }

    @Test
    void s22_a_call_over_tcp_uses_one_connection_and_sends_nothing_twice() throws IOException {
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = line("sip:127.0.0.1:" + peer.port() + ";transport=tcp")) {
            wholeCall(line, peer, "TCP");
            assertThat(peer.awaitRequest("INVITE").header("Contact")).contains(";transport=tcp");
        }
    }

    @Test
    void s19_the_peer_hangs_up_by_the_same_connection_or_by_a_new_one() throws IOException {
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = line("sip:127.0.0.1:" + peer.port() + ";transport=tcp")) {
            for (boolean fresh : new boolean[] {false, true}) {
                peer.inbox.clear();
                Events events = new Events();
                line.dial(events);
                Received invite = peer.awaitRequest("INVITE");
                peer.ok(invite, "peer", RawPeer.SDP);
                peer.awaitRequest("ACK");
                String bye = "BYE " + invite.header("Contact").replaceAll("[<>]", "") + " SIP/2.0\r\nVia: SIP/2.0/TCP"
                        + " 127.0.0.1:9;branch=z9hG4bKbye" + fresh + "\r\nMax-Forwards: 70\r\nFrom: "
                        + invite.header("To") + ";tag=peer\r\nTo: " + invite.header("From") + "\r\nCall-ID: "
                        + invite.header("Call-ID") + "\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";
                try (Socket other = new Socket(InetAddress.getLoopbackAddress(), line.line.sipPort())) {
                    peer.send(bye, fresh ? other : peer.connections.getLast());
                    LegEvent.Ended ended = events.await(LegEvent.Ended.class);
                    assertThat(ended.cause()).isEqualTo(dev.revox.line.LegEnd.REMOTE_HANGUP);
                    if (fresh) {
                        other.setSoTimeout(5_000);
                        assertThat(new String(other.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                                .isEqualTo("SIP/2.0 200 ");
                    } else {
                        peer.await("200 to BYE", r -> r.isResponse(200, "BYE"));
                    }
                }
            }
        }
    }

    @Test
    void s19_a_connection_that_was_closed_is_made_anew_without_losing_the_call() throws IOException {
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = line("sip:127.0.0.1:" + peer.port() + ";transport=tcp")) {
            Events events = new Events();
            var leg = line.dial(events);
            peer.ok(peer.awaitRequest("INVITE"), "peer", RawPeer.SDP);
            peer.awaitRequest("ACK");
            peer.connections.getFirst().close();
            leg.hangUp();
            peer.awaitRequest("BYE");
            assertThat(peer.connections).hasSize(2);
        }
    }

    @Test
    void s22_a_call_over_tls_checks_the_certificate_against_the_name() throws IOException {
        try (StreamPeer peer = StreamPeer.tls(certificates.server("good"));
                Lines line =
                        line("sips:localhost:" + peer.port(), SipTls.DEFAULT.trusting(certificates.trusting("good")))) {
            wholeCall(line, peer, "TLS");
            Received invite = peer.awaitRequest("INVITE");
            assertThat(invite.startLine()).startsWith("INVITE sips:");
            assertThat(invite.header("Contact")).startsWith("<sips:");
        }
    }

    /** A peer without RFC 5923 finds the connection to us only by the address that our Contact names. */
    @Test
    void s19_a_line_that_does_not_listen_connects_from_the_port_that_its_contact_names() throws IOException {
        try (StreamPeer peer = StreamPeer.tls(certificates.server("good"));
                Lines line =
                        line("sips:localhost:" + peer.port(), SipTls.DEFAULT.trusting(certificates.trusting("good")))) {
            for (int call = 1; call <= 2; call++) {
                peer.inbox.clear();
                Events events = new Events();
                var leg = line.dial(events);
                Received invite = peer.awaitRequest("INVITE");
                assertThat(invite.header("Contact"))
                        .endsWith(":" + peer.connections.getLast().getPort() + ">");
                peer.ok(invite, "peer", RawPeer.SDP);
                peer.awaitRequest("ACK");
                leg.hangUp();
                peer.ok(peer.awaitRequest("BYE"), "peer", "");
                peer.connections.getLast().close();
                Lines.eventually("the connection is gone", () -> line.line.connections() == 0);
            }
            assertThat(peer.connections).hasSize(2);
        }
    }

    @Test
    void s19_a_port_that_somebody_else_has_is_no_hindrance() throws IOException {
        try (StreamPeer peer = StreamPeer.tls(certificates.server("good"));
                Lines line =
                        line("sips:localhost:" + peer.port(), SipTls.DEFAULT.trusting(certificates.trusting("good")));
                ServerSocket taken = new ServerSocket(line.line.sipPort(), 1, InetAddress.getLoopbackAddress())) {
            wholeCall(line, peer, "TLS");
            assertThat(peer.connections.getLast().getPort()).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void x13_expired_foreign_and_misnamed_certificates_are_refused_and_nothing_goes_out_in_clear() throws IOException {
        for (String bad : new String[] {"expired", "misnamed", "foreign"}) {
            String trusted = bad.equals("foreign") ? "good" : bad;
            try (RawPeer datagrams = new RawPeer();
                    StreamPeer peer = StreamPeer.tls(certificates.server(bad));
                    Lines line = line(
                            "sips:localhost:" + peer.port(), SipTls.DEFAULT.trusting(certificates.trusting(trusted)))) {
                Events events = new Events();
                line.dial(events);
                LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
                assertThat(failed.raw().sipStatus()).as(bad).isEmpty();
                assertThat(peer.inbox).as(bad).isEmpty();
                assertThat(datagrams.inbox).isEmpty();
            }
        }
    }

    @Test
    void s01_a_request_over_1300_bytes_goes_by_tcp_where_that_is_taken() throws IOException {
        try (RawPeer datagrams = new RawPeer();
                Lines line = new Lines(
                        SipTrunk.of("sip:127.0.0.1:" + datagrams.port()),
                        SipSettings.DEFAULT.withT1(Lines.T1).withUserAgent("x".repeat(1200)))) {
            Events events = new Events();
            line.dial(events);
            // Nobody takes TCP at the peer's port: refused, so UDP after all.
            Received invite = datagrams.awaitRequest("INVITE");
            assertThat(invite.text().length()).isGreaterThan(1300);
            assertThat(invite.header("Via")).startsWith("SIP/2.0/UDP");
            datagrams.ok(invite, "peer", RawPeer.SDP);
            LegEvent.Answered answered = events.await(LegEvent.Answered.class);
            assertThat(answered).isNotNull();
        }
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = new Lines(
                        SipTrunk.of("sip:127.0.0.1:" + peer.port()),
                        SipSettings.DEFAULT.withT1(Lines.T1).withUserAgent("x".repeat(1200)))) {
            line.dial(new Events());
            assertThat(peer.awaitRequest("INVITE").header("Via")).startsWith("SIP/2.0/TCP");
        }
    }

    @Test
    void f15_a_thousand_refused_connections_leave_nothing_behind() throws IOException {
        int nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = taken.getLocalPort();
        }
        try (Lines line = line("sip:127.0.0.1:" + nobody + ";transport=tcp")) {
            int threads = 0;
            for (int call = 0; call < 1000; call++) {
                Events events = new Events();
                line.dial("+14155550123", Duration.ofSeconds(20), events);
                LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
                assertThat(failed.raw().sipStatus()).isEmpty();
                if (call == 100) {
                    threads = Thread.activeCount();
                }
            }
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
            assertThat(line.line.connections()).isZero();
            Lines.eventually("all forgotten", () -> line.line.occupancy() == 0);
        }
    }

    @Test
    void x10_a_length_that_promises_the_moon_and_a_stranger_hold_no_connection() throws IOException {
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = line("sip:127.0.0.1:" + peer.port() + ";transport=tcp")) {
            line.line.onIncoming((call, leg) -> Optional.empty());
            InetAddress here = InetAddress.getLoopbackAddress();
            try (Socket liar = new Socket(here, line.line.sipPort())) {
                liar.setSoTimeout(5_000);
                liar.getOutputStream()
                        .write("INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP b\r\nContent-Length: 999999999\r\n\r\n"
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(liar.getInputStream().read()).isEqualTo(-1);
            }
            try (Socket stranger = new Socket(here, line.line.sipPort(), InetAddress.getByName("127.0.0.9"), 0)) {
                stranger.setSoTimeout(5_000);
                assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(line.line.connections()).isZero();
        }
    }

    @Test
    void s19_a_ping_is_answered() throws IOException {
        try (StreamPeer peer = StreamPeer.tcp();
                Lines line = line("sip:127.0.0.1:" + peer.port() + ";transport=tcp");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.line.sipPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(new byte[] {'\r', '\n', '\r', '\n'});
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
        }
    }
}
