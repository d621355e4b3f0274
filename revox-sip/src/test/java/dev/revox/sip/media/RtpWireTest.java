package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.G711;
import dev.revox.audio.tone.Tones;
import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.media.Tone;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdp.NegotiatedMedia;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RtpWireTest {

    private static final int LOUD = 0x80;
    private static final int SILENT = 0xFF;

    private final WireBench bench = new WireBench();

    private MediaReport report() {
        return bench.wire.report(bench.ear.concealedFrames(), bench.ear.malformedFrames(), "energy");
    }

    @Test
    void sound_goes_out_every_20_ms_with_sequence_and_timestamps_that_wrap() {
        bench.start();
        bench.run(400);

        List<WireBench.Datagram> sent = bench.rtp.sent;
        assertThat(sent).hasSize(20).allMatch(datagram -> datagram.target().equals(WireBench.PEER));
        for (int i = 1; i < sent.size(); i++) {
            RtpPacketView before = sent.get(i - 1).rtp();
            RtpPacketView now = sent.get(i).rtp();
            assertThat((now.sequenceNumber() - before.sequenceNumber()) & 0xFFFF)
                    .isEqualTo(1);
            assertThat((now.timestamp() - before.timestamp()) & 0xFFFF_FFFFL).isEqualTo(160);
            assertThat(now.marker()).isFalse();
        }
    }

    @Test
    void r07_a_peer_that_asks_for_it_gets_no_silence_no_gap_in_the_numbers_and_a_mark_where_speech_begins() {
        bench.start(WireBench.opus("1"));
        bench.run(1000);
        bench.rtp.sent.clear();
        bench.run(2000);
        int duringSilence = bench.rtp.sent.size();
        bench.mouth.say(Segment.of(1), MediaFormat.pcm(16_000), syllables());
        bench.run(600);

        List<RtpPacketView> sent =
                bench.rtp.sent.stream().map(WireBench.Datagram::rtp).toList();
        assertThat(duringSilence).isBetween(4, 5);
        assertThat(sent.size() - duringSilence).isEqualTo(30);
        for (int i = 1; i < sent.size(); i++) {
            assertThat((sent.get(i).sequenceNumber() - sent.get(i - 1).sequenceNumber()) & 0xFFFF)
                    .isEqualTo(1);
            long ticks = (sent.get(i).timestamp() - sent.get(i - 1).timestamp()) & 0xFFFF_FFFFL;
            assertThat(ticks % 960).isZero();
            // Silence is described every 400 ms; where in that time speech begins is open.
            assertThat(ticks / 960).isBetween(i < duringSilence ? 20L : 1L, i > duringSilence ? 1L : 21L);
            assertThat(sent.get(i).marker()).as("packet %d", i).isEqualTo(i == duringSilence);
        }
    }

    private static FrameSource syllables() {
        int[] at = {0};
        return (into, offset, max) -> {
            for (int i = 0; i < max; i++) {
                int t = at[0]++;
                // A buzz of 150 Hz through nothing: enough like a voice for an encoder.
                into[offset + i] = (short) ((t % 107 - 53) * 150);
            }
            return max;
        };
    }

    @Test
    void r07_who_does_not_ask_gets_every_frame_of_silence_and_so_does_everybody_on_g711() {
        for (NegotiatedMedia media : List.of(WireBench.opus(), WireBench.opus("0"), WireBench.pcmu(true, true))) {
            WireBench other = new WireBench();
            other.start(media);
            other.run(2000);
            assertThat(other.rtp.sent).hasSize(100);
            assertThat(other.rtp.sent).noneMatch(datagram -> datagram.rtp().marker());
        }
    }

    @Test
    void on_hold_nothing_is_sent_the_clock_goes_on_and_the_return_is_marked() {
        bench.start();
        bench.run(20);
        long before = bench.rtp.sent.getLast().rtp().timestamp();
        bench.apply(WireBench.pcmu(false, false));
        bench.run(1000);
        assertThat(bench.rtp.sent).hasSize(1);
        bench.apply(WireBench.pcmu(true, true));
        bench.run(20);

        RtpPacketView back = bench.rtp.sent.get(1).rtp();
        assertThat(back.marker()).isTrue();
        assertThat((back.timestamp() - before) & 0xFFFF_FFFFL).isEqualTo(51 * 160);
    }

    @Test
    void digits_take_the_place_of_sound_share_its_sequence_and_come_in_once_each() {
        bench.start();
        for (char digit : new char[] {'4', '2', '#'}) {
            bench.loop.execute(() ->
                    assertThat(bench.wire.queueDigit(digit, bench.mouth.mix())).isTrue());
        }
        bench.run(2000);
        WireBench other = new WireBench();
        other.start();
        List<WireBench.Datagram> sent = bench.rtp.sent;
        long events = sent.stream()
                .filter(datagram -> datagram.rtp().payloadType() == 101)
                .count();
        assertThat(events).isEqualTo(45);
        for (int i = 0; i < sent.size(); i++) {
            if (i > 0) {
                RtpPacketView before = sent.get(i - 1).rtp();
                assertThat((sent.get(i).rtp().sequenceNumber() - before.sequenceNumber()) & 0xFFFF)
                        .isEqualTo(1);
            }
            other.arrive(sent.get(i), WireBench.PEER);
            other.run(20);
        }
        assertThat(other.events)
                .extracting(event -> ((LegEvent.DtmfReceived) event).digit())
                .containsExactly('4', '2', '#');
        assertThat(report().packetsSent()).isEqualTo(sent.size() + 1);
    }

    /** What was sent as sound, as samples. */
    private short[] sentSound(WireBench from) {
        List<WireBench.Datagram> sound = from.rtp.sent.stream()
                .filter(datagram -> datagram.rtp().payloadType() == 0)
                .toList();
        short[] pcm = new short[sound.size() * 160];
        for (int i = 0; i < sound.size(); i++) {
            byte[] bytes = sound.get(i).bytes();
            for (int s = 0; s < 160; s++) {
                pcm[i * 160 + s] = G711.ULAW.decode(bytes[12 + s]);
            }
        }
        return pcm;
    }

    private static List<Character> digits(WireBench of) {
        return of.events.stream()
                .filter(LegEvent.DtmfReceived.class::isInstance)
                .map(event -> ((LegEvent.DtmfReceived) event).digit())
                .toList();
    }

    private static void feed(WireBench to, short[] pcm) {
        for (int at = 0; at + 160 <= pcm.length; at += 160) {
            to.peerSpeaks(pcm, at);
        }
    }

    @Test
    void without_named_events_digits_go_and_come_as_sound() {
        bench.start(WireBench.pcmuWithoutEvents());
        for (char digit : new char[] {'4', '2', '#'}) {
            bench.loop.execute(() ->
                    assertThat(bench.wire.queueDigit(digit, bench.mouth.mix())).isTrue());
        }
        bench.run(2000);
        assertThat(bench.rtp.sent).allMatch(datagram -> datagram.rtp().payloadType() == 0);

        WireBench other = new WireBench();
        other.start(WireBench.pcmuWithoutEvents());
        feed(other, sentSound(bench));
        assertThat(digits(other)).containsExactly('4', '2', '#');
    }

    @Test
    void where_named_events_were_agreed_tones_in_the_sound_are_no_digits_unless_asked_for_and_never_twice() {
        short[] seven = ToneSource.sound(Tones.digit('7', 100).then(TonePattern.silence(200)), 8000, 300);
        bench.start();
        feed(bench, seven);
        assertThat(digits(bench)).isEmpty();

        WireBench both = new WireBench(true);
        both.start();
        feed(both, seven);
        assertThat(digits(both)).containsExactly('7');

        WireBench gateway = new WireBench(true);
        gateway.start();
        RtpSender generator = new RtpSender(0x9999, 1, 77);
        byte[] packet = new byte[64];
        for (int i = 0; i < 15; i++) {
            boolean last = i >= 5;
            if (i < 8) {
                byte[] payload = {7, (byte) (last ? 0x8A : 0x0A), 3, 32};
                int length = generator.writeEvent(packet, 101, i == 0, 77, payload, 4);
                gateway.wire.onRtpDatagram(packet, 0, length, WireBench.PEER, gateway.time.nanoTime());
            }
            gateway.peerSpeaks(seven, i * 160);
        }
        assertThat(digits(gateway)).containsExactly('7');
    }

    @Test
    void tones_of_the_network_are_events_of_the_leg() {
        bench.start();
        feed(bench, ToneSource.sound(Tones.busy("US"), 8000, 4000));
        assertThat(bench.events)
                .filteredOn(LegEvent.ToneHeard.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(LegEvent.ToneHeard.class, heard -> {
                    assertThat(heard.tone()).isEqualTo(Tone.BUSY);
                    assertThat(heard.atNanos()).isPositive();
                });
    }

    @Test
    void a_digit_from_a_generator_with_its_own_source_does_not_cut_into_the_sound() {
        bench.start();
        Ear ear = bench.ear.openEar();
        RtpSender generator = new RtpSender(0x9999, 1, 77);
        byte[] packet = new byte[64];
        for (int i = 0; i < 20; i++) {
            bench.peerSpeaks(LOUD);
            byte[] payload = {5, (byte) (i >= 17 ? 0x8A : 0x0A), 0, (byte) 160};
            int length = generator.writeEvent(packet, 101, i == 0, 77, payload, 4);
            bench.wire.onRtpDatagram(packet, 0, length, WireBench.PEER, bench.time.nanoTime());
        }
        bench.run(1);

        assertThat(bench.events)
                .filteredOn(LegEvent.DtmfReceived.class::isInstance)
                .hasSize(1);
        assertThat(samples(ear)).isEqualTo(19 * 160);
    }

    @Test
    void r04_a_sprayer_of_1000_packets_a_second_reaches_neither_the_decoder_nor_our_stream() {
        bench.start();
        Ear ear = bench.ear.openEar();
        RtpSender attacker = new RtpSender(0x666, 100, 5);
        byte[] loud = new byte[160];
        java.util.Arrays.fill(loud, (byte) LOUD);
        byte[] packet = new byte[200];
        for (int frame = 0; frame < 500; frame++) {
            bench.peerSpeaks(SILENT);
            for (int i = 0; i < 20; i++) {
                int length = attacker.writeAudio(packet, 0, loud, 0, 160);
                attacker.advance(160);
                bench.wire.onRtpDatagram(packet, 0, length, WireBench.STRANGER, bench.time.nanoTime());
            }
        }

        short[] pcm = new short[4800];
        int heard = 0;
        int got = ear.read(pcm, 0, new EarFrame());
        while (got > 0) {
            for (int i = 0; i < got; i++) {
                assertThat(Math.abs(pcm[i])).isLessThan((short) 10);
            }
            heard += got;
            got = ear.read(pcm, 0, new EarFrame());
        }
        assertThat(heard).isGreaterThan(0);
        assertThat(bench.rtp.sent).allMatch(datagram -> datagram.target().equals(WireBench.PEER));
        assertThat(report().packetsDropped()).isEqualTo(10_000);
        assertThat(report().packetsReceived()).isEqualTo(499);
    }

    @Test
    void sound_that_overtook_its_description_is_heard() {
        Ear ear = bench.ear.openEar();
        for (int i = 0; i < 5; i++) {
            bench.peerSpeaks(LOUD);
        }
        bench.start();
        for (int i = 0; i < 5; i++) {
            bench.peerSpeaks(LOUD);
        }
        assertThat(samples(ear)).isGreaterThanOrEqualTo(2 * 9 * 160);
    }

    @Test
    void a_peer_that_is_gone_is_noticed_but_not_on_hold() {
        bench.start();
        bench.run(29_000);
        assertThat(bench.events).isEmpty();
        bench.apply(WireBench.pcmu(false, true));
        bench.run(20_000);
        assertThat(bench.events).isEmpty();
        bench.apply(WireBench.pcmu(true, true));
        bench.peerSpeaks(SILENT);
        bench.peerSpeaks(SILENT);
        bench.run(14_900);
        assertThat(bench.events).isEmpty();
        bench.run(200);
        assertThat(bench.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        LegEvent.Ended.class, ended -> assertThat(ended.cause()).isEqualTo(LegEnd.MEDIA_TIMEOUT));
    }

    @Test
    void reports_go_to_the_rtcp_port_and_a_bye_ends_them_while_a_bye_that_comes_ends_nothing() {
        bench.start();
        bench.run(20_000);
        int reports = bench.rtcp.sent.size();
        assertThat(reports).isBetween(2, 8);
        byte[] bye = {(byte) 0x81, (byte) 203, 0, 1, 0, 0, 0x77, 0x77};
        bench.wire.onRtcpDatagram(bye, 0, bye.length, WireBench.PEER, bench.time.nanoTime());
        bench.peerSpeaks(SILENT);
        assertThat(bench.events).isEmpty();
        bench.loop.execute(() -> bench.wire.close(bench.time.nanoTime()));
        bench.run(1);
        byte[] last = bench.rtcp.sent.getLast().bytes();
        assertThat(bench.rtcp.sent).hasSize(reports + 1);
        assertThat(last[last.length - 7] & 0xFF).isEqualTo(203);
        assertThat(bench.rtp.closed).isTrue();
        assertThat(bench.rtcp.closed).isTrue();
    }

    @Test
    void random_and_mutated_datagrams_never_throw() {
        bench.start();
        bench.peerSpeaks(SILENT);
        bench.peerSpeaks(SILENT);
        Random random = new Random(11);
        RtpSender peer = new RtpSender(0x7777, 65_002, 0xFFFF_0000L);
        byte[] packet = new byte[400];
        byte[] noise = new byte[400];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(noise);
            int length = random.nextInt(noise.length);
            byte[] bytes = noise;
            if (i % 2 == 0) {
                length = peer.writeAudio(packet, random.nextBoolean() ? 0 : 101, noise, 0, random.nextInt(300));
                packet[random.nextInt(12)] ^= (byte) (1 << random.nextInt(8));
                bytes = packet;
            }
            bench.wire.onRtpDatagram(bytes, 0, length, WireBench.PEER, bench.time.nanoTime());
            bench.wire.onRtcpDatagram(bytes, 0, length, WireBench.PEER, bench.time.nanoTime());
            if (i % 50 == 0) {
                bench.run(1);
            }
        }
        assertThat(bench.loop.defects()).isZero();
    }

    private static int samples(Ear ear) {
        short[] pcm = new short[9600];
        int sum = 0;
        int got = ear.read(pcm, 0, new EarFrame());
        while (got > 0) {
            sum += got;
            got = ear.read(pcm, 0, new EarFrame());
        }
        return sum;
    }
}
