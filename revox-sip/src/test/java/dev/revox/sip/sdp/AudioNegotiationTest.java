package dev.revox.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioNegotiationTest {

    private static final List<AudioCodec> ALL = List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS);

    private static AudioNegotiation negotiation(List<AudioCodec> codecs) {
        return new AudioNegotiation(codecs, "192.0.2.7", 40_000, 4711);
    }

    private static String sdp(String... mediaLines) {
        return "v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\n"
                + String.join("\r\n", mediaLines)
                + "\r\n";
    }

    private static String line(String sdp, String start) {
        return List.of(sdp.split("\r\n", -1)).stream()
                .filter(l -> l.startsWith(start))
                .findFirst()
                .orElse("");
    }

    @Test
    void the_offer_is_complete_and_readable_by_ourselves() throws SdpException {
        String offer = negotiation(ALL).offer();
        assertThat(offer)
                .isEqualTo(String.join(
                        "\r\n",
                        "v=0",
                        "o=- 4711 1 IN IP4 192.0.2.7",
                        "s=-",
                        "c=IN IP4 192.0.2.7",
                        "t=0 0",
                        "m=audio 40000 RTP/AVP 0 8 111 101 110",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 minptime=10;useinbandfec=1",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=fmtp:101 0-16",
                        "a=rtpmap:110 telephone-event/48000",
                        "a=fmtp:110 0-16",
                        "a=ptime:20",
                        "a=sendrecv",
                        ""));
        AudioNegotiation.Answer answer = negotiation(List.of(AudioCodec.OPUS)).answer(offer);
        assertThat(answer.media().encodingName()).isEqualTo("opus");
        assertThat(answer.media().telephoneEventPayloadType()).hasValue(110);
        assertThat(answer.media().telephoneEventClockRateHz()).isEqualTo(48_000);
    }

    @Test
    void comfort_noise_is_taken_with_a_codec_of_its_clock_when_it_is_offered_and_is_never_asked_for()
            throws SdpException {
        String offer = sdp("m=audio 5004 RTP/AVP 8 111 13", "a=rtpmap:111 opus/48000/2");
        String narrow = negotiation(List.of(AudioCodec.PCMA)).answer(offer).sdp();
        assertThat(line(narrow, "m=audio")).isEqualTo("m=audio 40000 RTP/AVP 8 13");
        assertThat(narrow).contains("a=rtpmap:13 CN/8000");
        assertThat(negotiation(List.of(AudioCodec.OPUS)).answer(offer).sdp()).doesNotContain("CN/8000");
        String without = sdp("m=audio 5004 RTP/AVP 8");
        assertThat(negotiation(ALL).answer(without).sdp()).doesNotContain("CN/8000");
        assertThat(negotiation(ALL).offer()).doesNotContain("CN/8000");
        String alone = sdp("m=audio 5004 RTP/AVP 13");
        assertThatThrownBy(() -> negotiation(ALL).answer(alone)).isInstanceOf(NoCommonMediaException.class);
    }

    @Test
    void l16_is_told_apart_by_its_rate() throws SdpException {
        AudioNegotiation ours = negotiation(List.of(AudioCodec.L16_16KHZ, AudioCodec.L16_8KHZ));
        assertThat(ours.offer()).contains("RTP/AVP 113 112 ", "a=rtpmap:113 L16/16000", "a=rtpmap:112 L16/8000");

        NegotiatedMedia media = ours.accept(sdp("m=audio 5004 RTP/AVP 97", "a=rtpmap:97 L16/8000"));
        assertThat(media.encodingName()).isEqualTo("L16");
        assertThat(media.clockRateHz()).isEqualTo(8000);
        assertThat(media.receivePayloadType()).isEqualTo(112);

        String stereo = sdp("m=audio 5004 RTP/AVP 97", "a=rtpmap:97 L16/16000/2");
        assertThatThrownBy(() -> ours.accept(stereo)).isInstanceOf(SdpException.class);
    }

    @Test
    void an_answer_may_use_other_numbers_than_the_offer() throws SdpException {
        AudioNegotiation ours = negotiation(ALL);
        String unused = ours.offer();
        NegotiatedMedia media = ours.accept(sdp(
                "m=audio 5004 RTP/AVP 96 97",
                "a=rtpmap:96 OPUS/48000/2",
                "a=fmtp:96 maxplaybackrate=16000; stereo=0",
                "a=rtpmap:97 telephone-event/48000",
                "a=ptime:40"));
        assertThat(media.encodingName()).isEqualTo("opus");
        assertThat(media.payloadType()).isEqualTo(96);
        assertThat(media.receivePayloadType()).isEqualTo(111);
        assertThat(media.telephoneEventPayloadType()).hasValue(97);
        assertThat(media.receiveTelephoneEventPayloadType()).hasValue(110);
        assertThat(media.packetTimeMs()).isEqualTo(40);
        assertThat(media.formatParameters())
                .containsEntry("maxplaybackrate", "16000")
                .containsEntry("stereo", "0");
        assertThat(media.remoteRtp().toString()).contains("198.51.100.1:5004");
        assertThat(media.remoteRtcp().getPort()).isEqualTo(5005);
    }

    @Test
    void an_answer_keeps_the_offers_numbers_and_refuses_every_other_stream() throws SdpException {
        AudioNegotiation.Answer answer = negotiation(ALL)
                .answer(sdp(
                        "m=video 6000 RTP/AVP 99",
                        "a=rtpmap:99 H264/90000",
                        "m=audio 5004 RTP/SAVP 8",
                        "m=audio 5006 RTP/AVP 18 120 8 100",
                        "a=rtpmap:120 opus/48000/2",
                        "a=rtpmap:100 telephone-event/8000",
                        "a=rtcp-mux",
                        "m=image 7000 udptl t38"));
        assertThat(answer.sdp())
                .contains("m=video 0 RTP/AVP 99\r\nm=audio 0 RTP/SAVP 8\r\nm=audio 40000 RTP/AVP 120 100\r\n")
                .contains("a=rtpmap:120 opus/48000/2\r\n")
                .contains("a=rtcp-mux\r\n")
                .endsWith("m=image 0 udptl t38\r\n");
        assertThat(answer.media().payloadType()).isEqualTo(120);
        assertThat(answer.media().receivePayloadType()).isEqualTo(120);
        assertThat(answer.media().rtcpMux()).isTrue();
        assertThat(answer.media().remoteRtcp()).isEqualTo(answer.media().remoteRtp());
        assertThat(answer.media().telephoneEventClockRateHz()).isEqualTo(8_000);
    }

    @Test
    void directions_are_mirrored_and_told() throws SdpException {
        record Case(String offered, String answered, boolean sending, boolean receiving) {}
        for (Case c : List.of(
                new Case("sendrecv", "sendrecv", true, true),
                new Case("sendonly", "recvonly", false, true),
                new Case("recvonly", "sendonly", true, false),
                new Case("inactive", "inactive", false, false))) {
            AudioNegotiation.Answer answer = negotiation(ALL).answer(sdp("m=audio 5004 RTP/AVP 0", "a=" + c.offered()));
            assertThat(answer.sdp()).contains("a=" + c.answered() + "\r\n");
            assertThat(answer.media().sending()).as(c.offered()).isEqualTo(c.sending());
            assertThat(answer.media().receiving()).as(c.offered()).isEqualTo(c.receiving());
        }
        String held = sdp("m=audio 5004 RTP/AVP 0").replace("c=IN IP4 198.51.100.1", "c=IN IP4 0.0.0.0");
        assertThat(negotiation(ALL).answer(held).media().sending()).isFalse();
        String atSession = sdp("a=sendonly", "m=audio 5004 RTP/AVP 0");
        assertThat(negotiation(ALL).answer(atSession).media().sending()).isFalse();
    }

    @Test
    void the_version_rises_only_when_the_description_changes_and_numbers_keep_their_meaning() throws SdpException {
        AudioNegotiation ours = negotiation(ALL);
        String offer = sdp("m=audio 5004 RTP/AVP 96", "a=rtpmap:96 opus/48000/2");
        assertThat(line(ours.answer(offer).sdp(), "o=")).isEqualTo("o=- 4711 1 IN IP4 192.0.2.7");
        assertThat(line(ours.answer(offer).sdp(), "o=")).isEqualTo("o=- 4711 1 IN IP4 192.0.2.7");
        assertThat(line(ours.answer(offer + "a=sendonly\r\n").sdp(), "o=")).isEqualTo("o=- 4711 2 IN IP4 192.0.2.7");
        String own = ours.offer();
        assertThat(line(own, "o=")).isEqualTo("o=- 4711 3 IN IP4 192.0.2.7");
        assertThat(own).contains("a=rtpmap:96 opus/48000/2");
    }

    @Test
    void an_explicit_rtcp_port_and_a_shared_one_are_read() throws SdpException {
        NegotiatedMedia media = negotiation(ALL)
                .answer(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp:6001 IN IP4 203.0.113.9"))
                .media();
        assertThat(media.remoteRtcp().toString()).contains("203.0.113.9:6001");
        assertThat(media.rtcpMux()).isFalse();
    }

    @Test
    void addresses_of_version_6_are_written_and_read() throws SdpException {
        AudioNegotiation six = new AudioNegotiation(ALL, "2001:db8::1", 40_000, 1);
        assertThat(six.offer()).contains("c=IN IP6 2001:db8::1\r\n");
        NegotiatedMedia media = six.accept(
                sdp("m=audio 5004 RTP/AVP 0", "c=IN IP6 2001:db8::2").replace("IP4 198.51.100.1\r\ns", "IP4 x\r\ns"));
        assertThat(media.remoteRtp().getAddress().getHostAddress()).contains("2001:db8");
    }

    @Test
    void what_we_cannot_take_is_a_declared_exception() {
        for (String offer : List.of(
                sdp("m=audio 5004 RTP/AVP 18"),
                sdp("m=audio 0 RTP/AVP 0"),
                sdp("m=image 5004 udptl t38"),
                sdp("m=audio 5004 RTP/AVP 111", "a=rtpmap:111 opus/48000/1"),
                sdp())) {
            assertThatThrownBy(() -> negotiation(ALL).answer(offer)).isInstanceOf(NoCommonMediaException.class);
        }
        for (String offer : List.of(
                "",
                "v=1\r\n",
                "hello",
                sdp("m=audio 70000 RTP/AVP 0"),
                sdp("m=audio x RTP/AVP 0"),
                sdp("m=audio"),
                sdp("m=audio 5004 RTP/AVP 0").replace("c=IN IP4 198.51.100.1\r\n", ""),
                sdp("m=audio 5004 RTP/AVP 0").replace("c=IN IP4 198.51.100.1", "c=IN IP4 evil.example.net"),
                sdp("m=audio 5004 RTP/AVP 0").replace("c=IN IP4 198.51.100.1", "c=IN IP4 999.1.1.1"),
                sdp("m=audio 5004 RTP/AVP 0").replace("o=- 1 1 IN IP4 198.51.100.1\r\n", ""),
                "v=0\r\n" + "a=x\r\n".repeat(3_000))) {
            assertThatThrownBy(() -> negotiation(ALL).answer(offer)).isInstanceOf(SdpException.class);
        }
    }

    @Test
    void line_ends_and_unknown_lines_do_not_matter() throws SdpException {
        String odd = """
                v=0
                o=- 1 1 IN IP4 198.51.100.1
                c=IN IP4 198.51.100.1
                x=future
                b=AS:64
                m=audio 5004 RTP/AVP 0 8
                a=candidate:1 1 UDP 1 1.2.3.4 5 typ host
                a=unknown

                """;
        assertThat(negotiation(ALL).answer(odd).media().encodingName()).isEqualTo("PCMU");
    }

    @Test
    void no_mutation_throws_anything_else() {
        long seed = 4566;
        Random random = new Random(seed);
        String original = negotiation(ALL).offer() + "a=rtcp:5005 IN IP4 1.2.3.4\r\nm=video 6000 RTP/AVP 99\r\n";
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder mutant = new StringBuilder(original);
            for (int change = random.nextInt(1, 8); change > 0; change--) {
                int at = random.nextInt(mutant.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutant.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> mutant.deleteCharAt(at);
                    default -> mutant.insert(at, original, 0, random.nextInt(40));
                }
            }
            try {
                NegotiatedMedia media =
                        negotiation(ALL).answer(mutant.toString()).media();
                assertThat(media.remoteRtp().getPort()).as("seed %s", seed).isBetween(1, 65_535);
                understood++;
            } catch (SdpException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
        assertThat(understood).isPositive();
    }

    @Test
    void s13_an_offer_of_ours_keeps_the_sections_that_the_session_has() throws SdpException {
        AudioNegotiation ours = negotiation(ALL);
        String answer = ours.answer(sdp("m=video 6000 RTP/AVP 99", "m=audio 5004 RTP/AVP 8", "m=image 6004 udptl t38"))
                .sdp();
        String offer = ours.offer();

        assertThat(sections(answer))
                .containsExactly("m=video 0 RTP/AVP 99", "m=audio 40000 RTP/AVP 8", "m=image 0 udptl t38");
        assertThat(sections(offer)).hasSize(3).first().isEqualTo("m=video 0 RTP/AVP 99");
        assertThat(sections(offer).get(1)).startsWith("m=audio 40000 RTP/AVP 0 8 111");
        assertThat(sections(offer).get(2)).isEqualTo("m=image 0 udptl t38");
        assertThat(line(answer, "o=")).isEqualTo("o=- 4711 1 IN IP4 192.0.2.7");
        assertThat(line(offer, "o=")).isEqualTo("o=- 4711 2 IN IP4 192.0.2.7");
    }

    private static List<String> sections(String sdp) {
        return List.of(sdp.split("\r\n", -1)).stream()
                .filter(l -> l.startsWith("m="))
                .toList();
    }

    @Test
    void s13_the_warning_says_what_does_not_suit() {
        assertThat(warning("m=image 6004 udptl t38")).startsWith("304 ");
        assertThat(warning("m=audio 0 RTP/AVP 0", "m=image 6004 udptl t38")).startsWith("304 ");
        assertThat(warning("m=audio 5004 RTP/AVP 18")).startsWith("305 ");
        assertThat(warning("m=audio 5004 RTP/SAVP 0")).startsWith("302 ");
        assertThat(warning("m=audio 5004 TCP/RTP/AVP 0")).startsWith("302 ");
    }

    private static String warning(String... lines) {
        try {
            return negotiation(ALL).answer(sdp(lines)).sdp();
        } catch (NoCommonMediaException e) {
            return e.warning("192.0.2.7:5060");
        } catch (SdpException e) {
            return e.toString();
        }
    }
}
