package dev.revox.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.sip.sdes.KeyExchange;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers and answers about encrypted sound (RFC 4568). */
class EncryptedNegotiationTest {

    private static final String KEY = "MTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5QUJjZGVm";

    private static AudioNegotiation leg(MediaEncryption policy, long seed) {
        return new AudioNegotiation(
                List.of(AudioCodec.PCMU, AudioCodec.PCMA),
                "192.0.2.7",
                40_000,
                seed,
                new KeyExchange(policy, new Random(seed)));
    }

    private static String offer(String protocol, String... attributes) {
        return "v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\nm=audio 5004 " + protocol
                + " 0\r\n"
                + String.join(
                        "",
                        List.of(attributes).stream().map(a -> "a=" + a + "\r\n").toList());
    }

    private static SrtpKeys keys(NegotiatedMedia media) {
        return media.srtp().orElseThrow();
    }

    @Test
    void s23_both_sides_agree_on_each_others_keys() throws SdpException {
        for (MediaEncryption caller : new MediaEncryption[] {MediaEncryption.OPTIONAL, MediaEncryption.REQUIRED}) {
            for (MediaEncryption called : new MediaEncryption[] {MediaEncryption.OPTIONAL, MediaEncryption.REQUIRED}) {
                AudioNegotiation ours = leg(caller, 1);
                AudioNegotiation.Answer answer = leg(called, 2).answer(ours.offer());
                NegotiatedMedia media = ours.accept(answer.sdp());

                assertThat(keys(media).ours()).isEqualTo(keys(answer.media()).theirs());
                assertThat(keys(media).theirs()).isEqualTo(keys(answer.media()).ours());
                assertThat(keys(media).ours()).isNotEqualTo(keys(media).theirs());
                assertThat(keys(media).ours().suite()).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
                assertThat(answer.sdp())
                        .contains(caller == MediaEncryption.REQUIRED ? "m=audio 40000 RTP/SAVP 0" : "RTP/AVP 0");
            }
        }
    }

    @Test
    void s23_an_optional_offer_is_taken_in_the_clear_by_who_has_no_srtp() throws SdpException {
        AudioNegotiation ours = leg(MediaEncryption.OPTIONAL, 1);
        AudioNegotiation.Answer answer = leg(MediaEncryption.OFF, 2).answer(ours.offer());

        assertThat(answer.sdp()).doesNotContain("a=crypto");
        assertThat(ours.accept(answer.sdp()).srtp()).isEmpty();
    }

    @Test
    void s23_who_requires_encryption_takes_nothing_else() {
        AudioNegotiation ours = leg(MediaEncryption.REQUIRED, 1);
        String offered = ours.offer();

        assertThatThrownBy(() -> ours.accept(offer("RTP/AVP"))).isInstanceOf(NoCommonMediaException.class);
        assertThatThrownBy(() -> ours.accept(offer("RTP/SAVP"))).isInstanceOf(NoCommonMediaException.class);
        assertThatThrownBy(() -> leg(MediaEncryption.REQUIRED, 2).answer(offer("RTP/AVP")))
                .isInstanceOf(NoCommonMediaException.class);
        assertThatThrownBy(() -> leg(MediaEncryption.OFF, 2).answer(offered))
                .isInstanceOfSatisfying(
                        NoCommonMediaException.class,
                        e -> assertThat(e.warning("h")).startsWith("302 h "));
    }

    @Test
    void s23_without_leave_no_key_is_ever_written() throws SdpException {
        AudioNegotiation off = leg(MediaEncryption.OFF, 1);

        assertThat(off.offer()).doesNotContain("crypto", "SAVP");
        assertThat(off.answer(offer("RTP/AVP", "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY))
                        .sdp())
                .doesNotContain("crypto");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 AES_CM_256_HMAC_SHA1_80 inline:" + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 inline:MTIz",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|1:4",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + ";inline:" + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNAUTHENTICATED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " KDR=1",
                "1 AES_CM_128_HMAC_SHA1_80",
                "x AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                ""
            })
    void s23_a_line_that_we_cannot_do_is_passed_over_for_the_next(String line) throws SdpException {
        AudioNegotiation.Answer answer = leg(MediaEncryption.OPTIONAL, 1)
                .answer(offer(
                        "RTP/SAVP",
                        "crypto:" + line,
                        "crypto:7 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|2^31 WSH=128 -FUTURE=1"));

        assertThat(answer.sdp()).contains("a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:");
        assertThatThrownBy(() -> leg(MediaEncryption.OPTIONAL, 1).answer(offer("RTP/SAVP", "crypto:" + line)))
                .isInstanceOf(NoCommonMediaException.class);
    }

    @Test
    void s23_our_key_stays_and_theirs_may_change_within_a_call() throws SdpException {
        AudioNegotiation ours = leg(MediaEncryption.REQUIRED, 1);
        AudioNegotiation.Answer first =
                ours.answer(leg(MediaEncryption.REQUIRED, 2).offer());
        AudioNegotiation.Answer second =
                ours.answer(leg(MediaEncryption.REQUIRED, 3).offer());

        assertThat(keys(second.media()).ours()).isEqualTo(keys(first.media()).ours());
        assertThat(keys(second.media()).theirs())
                .isNotEqualTo(keys(first.media()).theirs());
        assertThat(ours.offer()).contains("RTP/SAVP");
    }

    @Test
    void x04_what_is_agreed_shows_no_key() throws SdpException {
        AudioNegotiation.Answer answer = leg(MediaEncryption.REQUIRED, 1)
                .answer(offer("RTP/SAVP", "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY));
        String ours = answer.sdp().replaceAll("(?s).*inline:(\\S+).*", "$1");

        assertThat(ours).hasSize(40);
        assertThat(answer.toString()).contains("AES_CM").doesNotContain(KEY, ours, "inline");
    }
}
