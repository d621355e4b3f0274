package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.line.LegEvent;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The 49 messages of RFC 4475, each sent to a line, and what its section asks of the called side.
 *
 * <p>A request goes out as it stands in the file but for two things: a Via that says TCP or TLS says UDP, the transport it
 * arrives by here, and the one branch that most of them have is made each one's own, or they would count as repeated. A response is tried inside a call, with our Via, Call-ID, CSeq, From and To in the place of its own wherever
 * the section's point is not in just that header.
 */
class Rfc4475TortureLoopbackIT {

    /** Where responses go: the port that a Via without one means. */
    private static final String PEER_ADDRESS = "127.44.75.1";

    private static final int SIP_PORT = 5060;

    enum Request {
        WSINV("3.1.1.1", 481, "valid, with white space everywhere; its To tag names a dialog that we do not have"),
        INTMETH("3.1.1.2", 501, "valid; a method made of every token character, which we do not have"),
        ESC01("3.1.1.3", 180, "valid; %-escapes in user, header parameter and Contact mean nothing to us"),
        ESCNULL("3.1.1.4", 405, "valid; escaped nulls. We are no registrar"),
        ESC02("3.1.1.5", 501, "valid; RE%47IST%45R is a method of its own and not REGISTER"),
        LWSDISP("3.1.1.6", 200, "valid; no space between display name and <"),
        LONGREQ("3.1.1.7", 180, "valid; long values in every header"),
        DBLREQ("3.1.1.8", 405, "valid; what follows the first message in the datagram is not a message"),
        SEMIURI("3.1.1.9", 200, "valid; a semicolon in the user part"),
        TRANSPORTS("3.1.1.10", 200, "valid; Via with transports nobody has"),
        MPART01("3.1.1.11", 405, "valid; a multipart body of bytes, of a method that we do not have"),
        BADINV01("3.1.2.1", 400, "separators without values in Via and Contact"),
        CLERR("3.1.2.2", 400, "Content-Length beyond the datagram"),
        NCL("3.1.2.3", 400, "negative Content-Length"),
        SCALAR02("3.1.2.4", 400, "numbers out of range in CSeq and Max-Forwards"),
        QUOTBAL("3.1.2.6", 400, "quoted string without end"),
        LTGTRURI("3.1.2.7", 400, "Request-URI in angle brackets"),
        LWSRURI("3.1.2.8", 400, "white space within the Request-URI"),
        LWSSTART("3.1.2.9", 180, "more than one space in the start line, which may be ignored"),
        TRWS("3.1.2.10", 200, "space at the end of the start line, which may be ignored"),
        ESCRURI("3.1.2.11", 400, "headers in the Request-URI"),
        BADDATE("3.1.2.12", 180, "a Date in another zone than GMT; nothing depends on it"),
        REGBADCT("3.1.2.13", 400, "a Contact URI with headers and without angle brackets"),
        BADASPEC("3.1.2.14", 200, "spaces within addr-spec, which may be ignored"),
        BADDN("3.1.2.15", 200, "a display name that should have been quoted; the missing quotes may be inferred"),
        BADVERS("3.1.2.16", 505, "SIP/7.0"),
        MISMATCH01("3.1.2.17", 400, "method in start line and CSeq differ"),
        MISMATCH02("3.1.2.18", 400, "the same with an unknown method, for which 501 or 400 will do"),
        BADBRANCH("3.2.1", 400, "a branch that is the magic cookie and nothing else"),
        INSUF("3.3.1", 0, "without From, To and Call-ID there is nobody to answer"),
        UNKSCM("3.3.2", 416, "unknown URI scheme"),
        NOVELSC("3.3.3", 416, "known scheme that is none of SIP"),
        UNKSM2("3.3.4", 405, "other schemes in To, From, Contact break nothing. We are no registrar"),
        BEXT01("3.3.5", 420, "Require of what we do not know; Proxy-Require is none of our business"),
        INVUT("3.3.6", 415, "a body that is no session description"),
        REGAUT01("3.3.7", 405, "unknown scheme in Authorization breaks nothing. We are no registrar"),
        MULTI01("3.3.8", 400, "more than one of what there must be one of"),
        MCL01("3.3.9", 400, "two Content-Length that disagree"),
        ZEROMF("3.3.11", 200, "Max-Forwards 0 is enough for us, who do not forward"),
        CPARAM01("3.3.12", 405, "unknown Contact parameter breaks nothing. We are no registrar"),
        CPARAM02("3.3.13", 405, "unknown parameter of the Contact's URI breaks nothing. We are no registrar"),
        REGESCRT("3.3.14", 405, "headers in a bracketed Contact URI are fine. We are no registrar"),
        SDP01("3.3.15", 406, "an INVITE whose sender accepts no session description"),
        INV2543("3.4.1", 180, "an INVITE of the older RFC 2543: no From tag, branch, Max-Forwards or Content-Length");

        private final String section;
        private final int status;
        private final String reason;

        Request(String section, int status, String reason) {
            this.section = section;
            this.status = status;
            this.reason = reason;
        }

        @Override
        public String toString() {
            return section + " " + name().toLowerCase(java.util.Locale.ROOT) + " -> "
                    + (status == 0 ? "dropped" : status) + ": " + reason;
        }
    }

    enum Response {
        UNREASON("3.1.1.12", true, "valid; a reason phrase in UTF-8"),
        NOREASON("3.1.1.13", false, "valid; a 100 without a reason phrase changes nothing"),
        SCALARLG("3.1.2.5", false, "numbers out of range: dropped"),
        BIGCODE("3.1.2.19", false, "a status beyond 32 bits: dropped"),
        BCAST("3.3.10", false, "a second Via, of a broadcast address: dropped and not forwarded");

        private final String section;
        private final boolean answers;
        private final String reason;

        Response(String section, boolean answers, String reason) {
            this.section = section;
            this.answers = answers;
            this.reason = reason;
        }

        @Override
        public String toString() {
            return section + " " + name().toLowerCase(java.util.Locale.ROOT) + " -> "
                    + (answers ? "answers the call" : "changes nothing") + ": " + reason;
        }
    }

    private static final Lines line = new Lines(SipTrunk.of("sip:127.0.0.1:9").allowInboundFrom("127.0.0.0/8"));
    private static final RawPeer peer = new RawPeer(PEER_ADDRESS, SIP_PORT);

    @BeforeAll
    static void open() {
        line.line.onIncoming((call, leg) -> Optional.of(new Events()));
    }

    @AfterAll
    static void close() {
        line.close();
        peer.close();
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getenv("REVOX_TESTDATA"))
                .or(() -> Optional.ofNullable(System.getProperty("REVOX_TESTDATA")))
                .map(data -> Path.of(data, "rfc4475"))
                .filter(Files::isDirectory);
    }

    private static String read(String name) {
        assumeTrue(folder().isPresent(), "REVOX_TESTDATA names no folder with rfc4475/: torture messages missing");
        String file = name.toLowerCase(java.util.Locale.ROOT) + ".dat";
        try (Stream<Path> all = Files.walk(folder().orElseThrow())) {
            Path found = all.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
            return new String(Files.readAllBytes(found), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_message_of_the_rfc_is_here() throws IOException {
        assumeTrue(folder().isPresent(), "REVOX_TESTDATA names no folder with rfc4475/: torture messages missing");
        List<String> named = Stream.concat(Stream.of(Request.values()), Stream.of(Response.values()))
                .map(message -> message.name().toLowerCase(java.util.Locale.ROOT) + ".dat")
                .sorted()
                .toList();
        try (Stream<Path> all = Files.walk(folder().orElseThrow())) {
            // test.dat is in the folder, but not in the RFC.
            assertThat(all.filter(file -> file.toString().endsWith(".dat"))
                            .map(file -> file.toFile().getName())
                            .filter(name -> !name.equals("test.dat")))
                    .hasSize(49)
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_is_accepted_refused_or_dropped_as_its_section_says(Request message) {
        String text = read(message.name())
                .replaceAll("(?im)^(v(?:ia)?: *SIP/2.0/)(?:TCP|TLS) ", "$1UDP ")
                .replaceFirst("(?m)z9hG4bKkdjuw", "z9hG4bKkdjuw" + message.name());
        int before = line.plane.sessions.size();
        peer.inbox.clear();

        peer.send(text.getBytes(StandardCharsets.ISO_8859_1), line.line.sipPort());

        Predicate<Received> about = received -> received.header("Call-ID").equals(callId(text));
        if (message.status != 0) {
            Received answer = peer.await("an answer to " + message, about);
            assertThat(answer.startLine())
                    .startsWith("SIP/2.0 " + message.status + " ")
                    .matches("[ -~]+");
        }
        stillAnswers();
        assertThat(peer.inbox)
                .filteredOn(about)
                .allMatch(received -> received.text().startsWith("SIP/2.0 " + message.status + " "));
        assertThat(line.plane.sessions).hasSize(before + (message.status == 180 ? 1 : 0));
    }

    private static String callId(String text) {
        Matcher line = Pattern.compile("(?im)^(?:Call-ID|i) *: *(.*?) *\r?$").matcher(text);
        return line.find() ? line.group(1) : "none";
    }

    private static void stillAnswers() {
        Lines.eventually("OPTIONS answered", () -> {
            peer.send(
                    peer.message(
                            "OPTIONS",
                            "sip:revox@127.0.0.1:" + line.line.sipPort(),
                            peer.nextBranch(),
                            "<sip:+33123456789@peer.test>;tag=alive",
                            "<sip:+14155550123@revox.test>",
                            "alive-" + peer.nextBranch(),
                            1,
                            "",
                            ""),
                    line.line.sipPort());
            return peer.count(received -> received.isResponse(200, "OPTIONS")
                            && received.header("Call-ID").startsWith("alive"))
                    > 0;
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_response_answers_the_call_or_changes_nothing_as_its_section_says(Response message) {
        String file = read(message.name());
        Events events = new Events();
        try (RawPeer called = new RawPeer();
                Lines caller = new Lines(SipTrunk.of("sip:127.0.0.1:" + called.port()))) {
            caller.dial(events);
            Received invite = called.awaitRequest("INVITE");

            called.send(ofCall(message, file, invite).getBytes(StandardCharsets.ISO_8859_1), caller.line.sipPort());

            if (message.answers) {
                events.await(LegEvent.Answered.class);
                return;
            }
            called.reply(invite, "180 Ringing", "t1", "", "");
            events.await(LegEvent.Ringing.class);
            assertThat(events.all).allMatch(event -> event instanceof LegEvent.Ringing);
            called.ok(invite, "t1", RawPeer.SDP);
            events.await(LegEvent.Answered.class);
        }
    }

    private static String ofCall(Response message, String file, Received invite) {
        String text = file.replaceFirst("(?m)^Via: .*$", "Via: " + invite.header("Via"))
                .replaceFirst("(?m)^Call-ID: .*$", "Call-ID: " + invite.header("Call-ID"))
                .replaceFirst("(?m)^From: .*$", "From: " + invite.header("From"))
                .replaceFirst("(?m)^To: .*$", "To: " + invite.header("To") + ";tag=torture");
        return message == Response.SCALARLG
                ? text
                : text.replaceFirst("(?m)^CSeq: .*$", "CSeq: " + invite.header("CSeq"));
    }
}
