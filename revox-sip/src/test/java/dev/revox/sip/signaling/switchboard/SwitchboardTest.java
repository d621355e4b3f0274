package dev.revox.sip.signaling.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchboardTest {

    private final List<InetAddress> asked = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final Switchboard switchboard = new Switchboard(
            request -> {
                asked.add(request.frame().source().getAddress());
                return Optional.of(SipReply.of(403));
            },
            (invite, transaction) -> received.add(invite.user()),
            new Tokens(),
            ManualTime.startingAt(Instant.EPOCH),
            Duration.ofSeconds(32));

    private Optional<SipReply> refusal(String method, String user) {
        InetSocketAddress stranger = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
        return switchboard.refusal(new IncomingRequest(
                "sip:" + user + "@us",
                user,
                new SipFrame(
                        method,
                        "call-" + user,
                        1,
                        "<sip:stranger@them>;tag=f",
                        "<sip:" + user + "@us>",
                        "stranger",
                        "f",
                        "",
                        "z9hG4bK" + user,
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        stranger)));
    }

    @Test
    void x07_a_stranger_is_refused_at_the_door_before_anybody_looks_whom_he_asks_for() {
        for (String method : List.of("INVITE", "REGISTER", "OPTIONS")) {
            SipReply known = refusal(method, "+14155550123").orElseThrow();
            SipReply unknown = refusal(method, "nobody").orElseThrow();

            assertThat(known.status()).isEqualTo(403);
            assertThat(unknown.tagged("same")).isEqualTo(known.tagged("same"));
        }
        // The door was asked once for each request, and no handler heard of any of them.
        assertThat(asked).hasSize(6).containsOnly(InetAddress.getLoopbackAddress());
        assertThat(received).isEmpty();
    }
}
