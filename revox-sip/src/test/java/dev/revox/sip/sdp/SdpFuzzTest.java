package dev.revox.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SdpFuzzTest {

    @Test
    void x10_mutated_descriptions_are_understood_or_refused_and_nothing_else() {
        AudioNegotiation ours = new AudioNegotiation(
                List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS), "192.0.2.7", 40_000, 4711);
        String original = ours.offer() + "a=rtcp:5005 IN IP4 192.0.2.9\r\na=ptime:30\r\nm=video 6000 RTP/AVP 99\r\n";
        long understood = 0;
        try (Mutations mutations = new Mutations()) {
            while (mutations.goOn()) {
                String mutant = new String(mutations.of(original), StandardCharsets.UTF_8);
                try {
                    NegotiatedMedia media = ours.answer(mutant).media();
                    assertThat(media.remoteRtp().getPort())
                            .as(mutations.where())
                            .isBetween(1, 65_535);
                    understood++;
                } catch (SdpException refused) {
                    assertThat(refused.getMessage()).as(mutations.where()).isNotBlank();
                } catch (RuntimeException | Error undeclared) {
                    throw new AssertionError(mutations.where(), undeclared);
                }
            }
            assertThat(understood).isBetween(1L, mutations.rounds() - 1);
        }
    }
}
