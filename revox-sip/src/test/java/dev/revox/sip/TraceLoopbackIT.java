package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.trace.SipTrace;
import dev.revox.sip.trace.TraceSettings;
import dev.revox.sip.trace.TracedMessage;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can see of a call, and what nobody can. */
class TraceLoopbackIT {

    private static final String PASSWORD = "canary-password-90210";

    @TempDir
    Path folder;

    private static SipCallLine line(SipTrunk trunk, FakeMediaPlane plane, boolean traced) {
        SipCallLine.Builder builder = SipCallLine.builder()
                .trunk(trunk)
                .settings(SipSettings.DEFAULT.withT1(Lines.T1).withBindAddress("127.0.0.1"))
                .media((clock, address) -> plane);
        return (traced ? builder.tracing(TraceSettings.DEFAULT) : builder).build();
    }

    private static CallLeg dial(SipCallLine line, Events events) {
        return line.dial(
                new DialRequest(
                        "order-1",
                        "leg-1",
                        PhoneNumber.of(Lines.CALLEE),
                        Optional.of(PhoneNumber.of("+14155550199")),
                        Duration.ofSeconds(20),
                        ListenSettings.DEFAULT),
                events);
    }

    @Test
    void s23_x04_a_trace_has_every_message_of_its_call_and_no_secret(@TempDir Path files) throws IOException {
        Events events = new Events();
        try (RawPeer peer = new RawPeer();
                SystemTime time = SystemTime.start();
                SipCallLine line = line(
                        SipTrunk.of("sip:127.0.0.1:" + peer.port())
                                .credentials("revox", PASSWORD)
                                .srtp(MediaEncryption.REQUIRED)
                                .srtpKeysOverPlainSip(),
                        new FakeMediaPlane(),
                        true)) {
            line.start(time);
            CallLeg leg = dial(line, events);
            Received first = peer.awaitRequest("INVITE");
            peer.reply(
                    first,
                    "401 Unauthorized",
                    "t0",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"canary-nonce\", qop=\"auth\"\r\n",
                    "");
            Received second = peer.await(
                    "authenticated INVITE",
                    r -> r.isRequest("INVITE") && r.text().contains("Authorization: "));
            String key = second.body().replaceAll("(?s).*inline:(\\S+).*", "$1");
            String theirKey = "MTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5QUJjZGVm";
            peer.ok(
                    second,
                    "t1",
                    RawPeer.SDP.replace("RTP/AVP", "RTP/SAVP") + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + theirKey
                            + "\r\n");
            LegEvent.Answered unused = events.await(LegEvent.Answered.class);
            peer.awaitRequest("ACK");
            String dump = line.stateDump();
            leg.hangUp();
            peer.awaitRequest("BYE");

            SipTrace trace = line.trace("leg-1").orElseThrow();
            assertThat(trace.messages().stream().map(TracedMessage::text).map(t -> t.split("[ \r\n]", 2)[0]))
                    .contains("INVITE", "SIP/2.0", "ACK", "BYE");
            assertThat(trace.text())
                    .contains("401 Unauthorized", "m=audio", "RTP/SAVP", "a=crypto: ****")
                    .doesNotContain(PASSWORD, "canary-nonce", key, theirKey, "inline:")
                    .doesNotContain(Lines.CALLEE.substring(1), "14155550199");
            assertThat(line.trace("leg-2")).isEmpty();
            Path text = files.resolve("call.txt");
            trace.writeText(text);
            assertThat(text).hasContent(trace.text());
            Path capture = files.resolve("call.pcap");
            trace.writePcap(capture);
            assertThat(new String(Files.readAllBytes(capture), StandardCharsets.ISO_8859_1))
                    .contains("SIP/2.0 401 Unauthorized\r\n")
                    .doesNotContain(key, theirKey);

            assertThat(dump)
                    .contains("legs: 1", "leg=leg-1 state=answered", "srtp=AES_CM_128_HMAC_SHA1_80", "transactions: ")
                    .doesNotContain(Lines.CALLEE.substring(1), "14155550199", PASSWORD, key);
        }
    }

    @Test
    void without_the_wish_nothing_is_kept() {
        Events events = new Events();
        try (RawPeer peer = new RawPeer();
                SystemTime time = SystemTime.start();
                SipCallLine line = line(SipTrunk.of("sip:127.0.0.1:" + peer.port()), new FakeMediaPlane(), false)) {
            line.start(time);
            dial(line, events);
            peer.ok(peer.awaitRequest("INVITE"), "t1", RawPeer.SDP);
            events.await(LegEvent.Answered.class);

            assertThat(line.trace("leg-1")).isEmpty();
        }
    }
}
