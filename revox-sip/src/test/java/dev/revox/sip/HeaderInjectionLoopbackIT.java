package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request has exactly the headers that we set, whatever number somebody wished for. */
class HeaderInjectionLoopbackIT {

    private static final List<String> SEEDS = List.of(
            "+14155550123",
            "+14155550123\r\nX-Evil: 1",
            "+14155550123;maddr=203.0.113.9",
            "+14155550123@evil.example",
            "+14155550123>;tag=x",
            "\u0661\u0664\u0661\u0665\u0665\u0665\u0665\u0660\u0661\u0662\u0663",
            "\uff0b\uff11\uff14\uff11\uff15\uff15\uff15\uff15\uff10\uff11\uff12\uff13",
            "sip:+14155550123@evil.example",
            "+1 (415) 555-0123",
            "tel:+14155550123;phone-context=evil");

    private final RawPeer peer = new RawPeer();
    private final Lines line = new Lines(SipTrunk.of("sip:127.0.0.1:" + peer.port()));

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private static Optional<PhoneNumber> number(String text) {
        try {
            return Optional.of(PhoneNumber.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Test
    void x12_only_digits_of_a_checked_number_reach_a_message() {
        int dialled = 0;
        try (Mutations mutations = new Mutations()) {
            for (int i = 0; i < 3_000 && dialled < 40; i++) {
                String seed = SEEDS.get(i % SEEDS.size());
                String text = i < SEEDS.size() ? seed : new String(mutations.of(seed), StandardCharsets.UTF_8);
                Optional<PhoneNumber> wished = number(text);
                if (wished.isEmpty()) {
                    continue;
                }
                assertThat(wished.get().e164()).as(mutations.where()).matches("\\+[1-9][0-9]{1,14}");
                messageIsExactlyOurs(wished.get());
                dialled++;
            }
            assertThat(dialled).as("numbers among the wishes").isGreaterThan(3);
        }
    }

    private void messageIsExactlyOurs(PhoneNumber wished) {
        peer.inbox.clear();
        Events events = new Events();
        line.dial(wished.e164(), Duration.ofSeconds(20), events);
        Received invite = peer.awaitRequest("INVITE");
        assertThat(invite.startLine())
                .isEqualTo("INVITE sip:" + wished.e164() + "@127.0.0.1:" + peer.port() + " SIP/2.0");
        assertThat(names(invite))
                .containsExactlyInAnyOrder(
                        "Via",
                        "Max-Forwards",
                        "From",
                        "To",
                        "Call-ID",
                        "CSeq",
                        "Contact",
                        "Allow",
                        "Supported",
                        "Accept",
                        "Session-Expires",
                        "P-Early-Media",
                        "User-Agent",
                        "Content-Type",
                        "Content-Length");
        peer.reply(invite, "486 Busy Here", "t1", "", "");
        LegEvent.DialFailed unused = events.await(LegEvent.DialFailed.class);
    }

    private static List<String> names(Received message) {
        return Arrays.stream(message.text()
                        .substring(0, message.text().indexOf("\r\n\r\n"))
                        .split("\r\n", -1))
                .skip(1)
                .map(header -> header.substring(0, header.indexOf(':')))
                .distinct()
                .toList();
    }
}
