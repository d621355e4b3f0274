package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.revox.audio.codec.G711;
import dev.revox.line.LegEvent;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two legs of one call whose telephones hear each other. */
final class BridgeTest {
    private static final int LOUD = 0x90;
    private static final int OTHER = 0xA5;
    private static final int SILENT = 0xFF;

    private final WireBench here = new WireBench();
    private final WireBench there = here.beside();

    @BeforeEach
    void bothAreUp() {
        here.start();
        there.start();
    }

    private void bridge() {
        // The first packet of a stream is on probation.
        here.peerSpeaks(SILENT);
        here.peerSpeaks(SILENT);
        there.peerSpeaks(SILENT);
        there.peerSpeaks(SILENT);
        here.loop.execute(() -> here.wire.bridge(here.mouth.mix(), there.wire, there.mouth.mix()));
        here.run(40);
        here.rtp.sent.clear();
        there.rtp.sent.clear();
    }

    private static int loudness(WireBench.Datagram datagram) {
        RtpPacketView view = datagram.rtp();
        int loudest = 0;
        for (int i = 0; i < view.payloadBytes(); i++) {
            loudest = Math.max(loudest, Math.abs(G711.ULAW.decode(datagram.bytes()[view.payloadStart() + i])));
        }
        return loudest;
    }

    private static FrameSource tone(int samples) {
        int[] left = {samples};
        return (into, offset, max) -> {
            int count = Math.min(max, left[0]);
            if (count == 0) {
                return -1;
            }
            for (int i = 0; i < count; i++) {
                into[offset + i] = (short) ((left[0] - i) % 8 < 4 ? 2000 : -2000);
            }
            left[0] -= count;
            return count;
        };
    }

    @Test
    void each_packet_leaves_by_the_other_leg_in_the_moment_in_which_it_came() {
        bridge();
        here.run(7);
        for (int i = 0; i < 5; i++) {
            byte[] payload = new byte[160];
            Arrays.fill(payload, (byte) (LOUD + i));
            here.peerSends(payload);
            assertThat(there.rtp.sent).hasSize(i + 1);
            assertThat(there.rtp.sent.get(i).bytes()).endsWith(payload).hasSize(172);
            here.run(20);
        }
        assertThat(there.rtp.sent).hasSize(5);
        assertThat(here.rtp.sent).as("nobody speaks at the other end").isEmpty();
    }

    @Test
    void both_directions_go_on_and_the_numbers_of_each_leg_continue_its_own_stream() {
        RtpPacketView before =
                there.rtp.sent.isEmpty() ? null : there.rtp.sent.getLast().rtp();
        assertThat(before).isNull();
        here.run(20);
        RtpPacketView last = there.rtp.sent.getLast().rtp();
        bridge();
        here.peerSpeaks(LOUD);
        there.peerSpeaks(OTHER);

        RtpPacketView first = there.rtp.sent.getFirst().rtp();
        assertThat(first.ssrc()).isEqualTo(last.ssrc());
        assertThat((first.sequenceNumber() - last.sequenceNumber()) & 0xFFFF).isBetween(1, 10);
        assertThat(((first.timestamp() - last.timestamp()) & 0xFFFF_FFFFL) % 160)
                .isZero();
        assertThat(here.rtp.sent).hasSize(1);
    }

    @Test
    void a_lost_packet_stays_a_gap_so_that_the_telephone_can_hide_it() {
        bridge();
        here.peerSpeaks(LOUD);
        here.peerLosesFrame();
        here.peerSpeaks(LOUD);

        List<RtpPacketView> sent =
                there.rtp.sent.stream().map(WireBench.Datagram::rtp).toList();
        assertThat(sent).hasSize(2);
        assertThat((sent.get(1).sequenceNumber() - sent.get(0).sequenceNumber()) & 0xFFFF)
                .isEqualTo(2);
        assertThat((sent.get(1).timestamp() - sent.get(0).timestamp()) & 0xFFFF_FFFFL)
                .isEqualTo(320);
    }

    @Test
    void what_our_mouth_says_is_mixed_in_and_packets_go_on_again_a_second_later() {
        bridge();
        there.mouth.say(Segment.of(1), MediaFormat.pcm(8000), tone(1600));
        for (int i = 0; i < 10; i++) {
            here.peerSpeaks(LOUD);
        }
        int alone = Math.abs(G711.ULAW.decode((byte) LOUD));
        assertThat(there.rtp.sent.subList(5, 9))
                .allSatisfy(sent -> assertThat(loudness(sent)).isGreaterThan(alone + 1000));

        for (int i = 0; i < 70; i++) {
            here.peerSpeaks(LOUD);
        }
        there.rtp.sent.clear();
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) LOUD);
        here.peerSends(payload);
        assertThat(there.rtp.sent).hasSize(1);
        assertThat(there.rtp.sent.getFirst().bytes()).endsWith(payload);
    }

    @Test
    void legs_with_different_codecs_hear_each_other_too() {
        WireBench wide = here.beside();
        wide.start(WireBench.opus());
        here.peerSpeaks(SILENT);
        here.peerSpeaks(SILENT);
        here.loop.execute(() -> here.wire.bridge(here.mouth.mix(), wide.wire, wide.mouth.mix()));
        here.run(20);
        wide.rtp.sent.clear();
        for (int i = 0; i < 50; i++) {
            here.peerSpeaks(i % 2 == 0 ? LOUD : LOUD + 128 & 0xFF);
        }
        assertThat(wide.rtp.sent).hasSize(50);
        // Opus of silence is a few bytes; of a loud buzz it is not.
        assertThat(wide.rtp.sent.subList(20, 50))
                .allSatisfy(sent -> assertThat(sent.bytes()).hasSizeGreaterThan(40));
    }

    @Test
    void a_key_that_one_side_presses_reaches_the_other() {
        bridge();
        here.peerSpeaks(LOUD);
        there.rtp.sent.clear();
        here.peerPresses('5');
        here.run(200);

        List<WireBench.Datagram> events = there.rtp.sent.stream()
                .filter(sent -> sent.rtp().payloadType() == 101)
                .toList();
        assertThat(events).hasSize(7);
        assertThat(events.stream().map(sent -> sent.rtp().timestamp()).distinct())
                .hasSize(1);
        assertThat(events.getLast().bytes()[12]).isEqualTo((byte) 5);
    }

    @Test
    void a_key_that_is_pressed_while_sound_is_mixed_is_pressed_anew() {
        bridge();
        there.mouth.say(Segment.of(1), MediaFormat.pcm(8000), tone(1600));
        here.run(20);
        here.peerPresses('7');
        here.run(600);

        List<WireBench.Datagram> events = there.rtp.sent.stream()
                .filter(sent -> sent.rtp().payloadType() == 101)
                .toList();
        assertThat(events).hasSizeGreaterThan(5);
        assertThat(events.stream().map(sent -> sent.rtp().timestamp()).distinct())
                .hasSize(1);
        assertThat(events.getLast().bytes()[12]).isEqualTo((byte) 7);
    }

    @Test
    void nothing_goes_to_a_leg_on_hold() {
        bridge();
        there.apply(WireBench.pcmu(false, true));
        here.run(20);
        there.rtp.sent.clear();
        here.peerSpeaks(LOUD);
        assertThat(there.rtp.sent).isEmpty();

        there.apply(WireBench.pcmu(true, true));
        here.run(20);
        there.rtp.sent.clear();
        here.peerSpeaks(LOUD);
        assertThat(there.rtp.sent).isNotEmpty();
    }

    @Test
    void s23_the_largest_packet_still_fits_with_the_tag_of_an_encrypted_leg() {
        Random random = new Random(7);
        SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        WireBench secure = here.beside();
        secure.start(WireBench.encrypted(new SrtpKeys(SrtpKey.random(suite, random), SrtpKey.random(suite, random))));
        here.peerSpeaks(SILENT);
        here.peerSpeaks(SILENT);
        here.loop.execute(() -> here.wire.bridge(here.mouth.mix(), secure.wire, secure.mouth.mix()));
        here.run(40);
        secure.rtp.sent.clear();

        here.peerSends(new byte[1588]);

        assertThat(secure.rtp.sent).hasSize(1);
        assertThat(secure.rtp.sent.getFirst().bytes()).hasSize(1610);
    }

    @Test
    void sound_of_any_size_and_kind_harms_neither_leg() {
        WireBench wide = here.beside();
        wide.start(WireBench.opus());
        here.peerSpeaks(SILENT);
        here.peerSpeaks(SILENT);
        Random random = new Random(11);
        for (WireBench other : List.of(wide, there)) {
            here.loop.execute(() -> here.wire.bridge(here.mouth.mix(), other.wire, other.mouth.mix()));
            here.run(40);
            for (int i = 0; i < 300; i++) {
                byte[] payload = new byte[random.nextInt(1589)];
                random.nextBytes(payload);
                here.peerSends(payload);
                other.peerSends(other.equals(wide) ? 96 : 0, payload);
                here.run(i % 3 * 10);
            }
        }
        wide.rtp.sent.clear();
        wide.run(100);
        assertThat(wide.rtp.sent).as("the leg speaks on").hasSize(5);
        assertThat(here.events).noneMatch(LegEvent::terminal);
        assertThat(wide.events).noneMatch(LegEvent::terminal);
    }

    @Test
    void when_the_bridge_ends_each_hears_the_agent_alone_again() {
        bridge();
        here.peerSpeaks(LOUD);
        here.loop.execute(here.wire::unbridge);
        here.run(40);
        there.rtp.sent.clear();
        here.rtp.sent.clear();
        for (int i = 0; i < 5; i++) {
            here.peerSpeaks(LOUD);
        }
        assertThat(there.rtp.sent)
                .hasSize(5)
                .allSatisfy(sent -> assertThat(loudness(sent)).isLessThan(10));
        assertThat(here.rtp.sent).hasSize(5);
    }

    @Test
    void when_one_leg_closes_the_other_goes_on_by_itself() {
        bridge();
        here.peerSpeaks(LOUD);
        here.loop.execute(() -> here.wire.close(here.time.nanoTime()));
        here.run(20);
        there.rtp.sent.clear();
        there.peerSpeaks(OTHER);
        there.run(80);
        assertThat(there.rtp.sent)
                .hasSize(5)
                .allSatisfy(sent -> assertThat(loudness(sent)).isLessThan(10));
    }

    @Test
    void a_relayed_packet_allocates_nothing() {
        bridge();
        byte[] payload = new byte[160];
        int packets = 5000;
        WireBench quiet = here;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        there.rtp.forget = true;
        long unused = relayed(quiet, payload, packets, threads);
        assertThat(relayed(quiet, payload, packets, threads)).isLessThan(packets);
    }

    private static long relayed(WireBench bench, byte[] payload, int packets, ThreadMXBean threads) {
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < packets; i++) {
            bench.peerSends(payload);
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
