package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.Lines.Events;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits on SIP messages, each at its edge: the largest that is served and the smallest that is not. */
class MessageSizeLoopbackIT {

    /** Headers that every request of the peer has: Via, Max-Forwards, From, To, Call-ID, CSeq, Contact, Content-Length. */
    private static final int USUAL_HEADERS = 8;

    private static final String FROM = "<sip:+33123456789@peer.test>;tag=caller";
    private static final String TO = "<sip:+14155550123@revox.test>";

    private final RawPeer peer = new RawPeer();
    private final Lines line =
            new Lines(SipTrunk.of("sip:127.0.0.1:9").name("limits").allowInboundFrom("127.0.0.1"));

    @BeforeEach
    void open() {
        line.line.onIncoming((call, leg) -> Optional.of(new Events()));
    }

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private String options(String extra) {
        return peer.message(
                "OPTIONS",
                "sip:+14155550123@127.0.0.1:" + line.line.sipPort(),
                peer.nextBranch(),
                FROM,
                TO,
                "call-" + peer.nextBranch(),
                1,
                extra,
                "");
    }

    /** {@code 0} stands for no answer at all: the valve has thrown it away. */
    private void answeredWith(int status, String message) {
        long dropped = line.line.valveCounts().tooLarge();
        peer.send(message, line.line.sipPort());
        if (status == 0) {
            Lines.eventually("dropped", () -> line.line.valveCounts().tooLarge() == dropped + 1);
            return;
        }
        peer.await("a final response", received -> received.text().startsWith("SIP/2.0 "));
        assertThat(peer.inbox.getFirst().startLine()).startsWith("SIP/2.0 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "101, 0"})
    void x10_headers_are_counted(int headers, int status) {
        StringBuilder more = new StringBuilder();
        for (int header = USUAL_HEADERS; header < headers; header++) {
            more.append("X-Number-").append(header).append(": x\r\n");
        }
        answeredWith(status, options(more.toString()));
    }

    @ParameterizedTest
    @CsvSource({"8192, 200", "8193, 0"})
    void x10_a_header_has_a_longest_form(int chars, int status) {
        // The line as it is written again ends with CR LF.
        answeredWith(status, options("X-Long: " + "x".repeat(chars - "X-Long: \r\n".length()) + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"70, 200", "71, 0"})
    void x10_vias_are_counted_in_one_line_or_many(int vias, int status) {
        String more = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\n";
        answeredWith(status, options(more.repeat(vias - 1)));
        peer.inbox.clear();
        String inOneLine = ", SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx".repeat(vias - 1);
        answeredWith(status, options("").replaceFirst(";rport\r\n", ";rport" + inOneLine + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"20, 200", "21, 0"})
    void x10_routes_are_counted(int routes, int status) {
        answeredWith(status, options("Route: <sip:192.0.2.1;lr>\r\n".repeat(routes)));
    }

    @ParameterizedTest
    @CsvSource({"20, 200", "21, 0"})
    void x10_recorded_routes_are_counted(int routes, int status) {
        answeredWith(status, options("Record-Route: <sip:192.0.2.1;lr>\r\n".repeat(routes)));
    }

    @Test
    void x10_the_largest_datagram_is_read_and_refused_for_its_content_only() {
        String filler = "Subject: " + "x".repeat(8000) + "\r\n";
        String message = options(filler.repeat(8));
        // What UDP over IPv4 can carry is less than the limit of 65 535 bytes; nothing larger can arrive.
        assertThat(message.getBytes(StandardCharsets.UTF_8).length).isBetween(64_000, 65_507);
        answeredWith(200, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "2147483648", "99999999999999999999", "-1", "x", ""})
    void x10_a_length_beyond_the_datagram_or_no_number_makes_no_call_and_harms_nothing(String length) {
        String invite = peer.message(
                "INVITE",
                "sip:+14155550123@127.0.0.1:" + line.line.sipPort(),
                peer.nextBranch(),
                FROM,
                TO,
                "liar",
                1,
                "",
                RawPeer.SDP);
        peer.send(invite.replaceFirst("Content-Length: [0-9]+", "Content-Length: " + length), line.line.sipPort());
        Lines.eventually("OPTIONS answered", () -> {
            peer.send(options(""), line.line.sipPort());
            return peer.count(r -> r.isResponse(200, "OPTIONS")) > 0;
        });
        assertThat(line.plane.sessions)
                .allMatch(session -> session.closed.get() && !session.answered.get() && session.applied.isEmpty());
    }
}
