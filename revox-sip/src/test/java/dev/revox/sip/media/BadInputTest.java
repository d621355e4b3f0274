package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.MediaReport;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.sip.rtp.RtpSender;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R01, R04: what comes from the right address and is wrong all the same. */
final class BadInputTest {

    private static final int FRAME = 160;
    private static final int LOUD = 0x80;
    private static final int SILENT = 0xFF;

    private final WireBench bench = new WireBench();
    private final byte[] packet = new byte[4000];
    private final short[] pcm = new short[4800];

    private MediaReport report() {
        return bench.wire.report(bench.ear, "energy");
    }

    private Ear running() {
        bench.start();
        Ear ear = bench.ear.openEar();
        for (int i = 0; i < 10; i++) {
            bench.peerSpeaks(SILENT);
        }
        return ear;
    }

    private void arrives(RtpSender sender, int value) {
        byte[] payload = new byte[FRAME];
        Arrays.fill(payload, (byte) value);
        int length = sender.writeAudio(packet, 0, payload, 0, FRAME);
        sender.advance(FRAME);
        arrives(length);
    }

    private void arrives(int length) {
        bench.wire.onRtpDatagram(packet, 0, length, WireBench.PEER, bench.time.nanoTime());
    }

    /** Samples that wait to be read, of them those that are loud; the place behind the last one. */
    private long[] heard(Ear ear) {
        EarFrame frame = new EarFrame();
        long[] sums = new long[3];
        for (int got = ear.read(pcm, 0, frame); got > 0; got = ear.read(pcm, 0, frame)) {
            sums[0] += got;
            for (int i = 0; i < got; i++) {
                sums[1] += Math.abs(pcm[i]) > 1000 ? 1 : 0;
            }
            sums[2] = frame.sampleTime() + got;
        }
        return sums;
    }

    @Test
    void r01_another_source_is_heard_from_its_second_packet_on_and_its_clock_goes_on_where_the_line_is() {
        Ear ear = running();
        long before = heard(ear)[2];
        RtpSender transferred = new RtpSender(0x8888, 17, 99_999_999L);
        for (int i = 0; i < 5; i++) {
            arrives(transferred, LOUD);
            bench.run(20);
        }
        long[] after = heard(ear);
        assertThat(after[1]).isEqualTo(4 * FRAME);
        assertThat(after[2] - before).isBetween(4L * FRAME, 6L * FRAME);
    }

    @Test
    void r01_a_timestamp_jump_beyond_3_s_is_a_new_beginning_and_no_silence() {
        bench.start();
        Ear ear = bench.ear.openEar();
        RtpSender peer = new RtpSender(0x7777, 5, 0);
        for (int i = 0; i < 10; i++) {
            arrives(peer, LOUD);
            bench.run(20);
        }
        long before = heard(ear)[2];
        peer.advance(8000 * 60);
        for (int i = 0; i < 10; i++) {
            arrives(peer, LOUD);
            bench.run(20);
        }
        long[] after = heard(ear);
        assertThat(after[0]).isEqualTo(10 * FRAME);
        assertThat(after[2] - before).isBetween(9L * FRAME, 11L * FRAME);
    }

    @Test
    void r01_a_flood_of_sources_is_counted_and_never_heard() {
        Ear ear = running();
        Random random = new Random(4);
        for (int frame = 0; frame < 100; frame++) {
            bench.peerSpeaks(SILENT);
            for (int i = 0; i < 20; i++) {
                arrives(new RtpSender(random.nextInt(), random.nextInt(0x10000), random.nextInt()), LOUD);
            }
        }
        long[] all = heard(ear);
        assertThat(all[1]).isZero();
        assertThat(all[0]).isGreaterThanOrEqualTo(105 * FRAME);
        assertThat(report().packetsDropped()).isEqualTo(2000);
        assertThat(bench.loop.defects()).isZero();
    }

    @Test
    void r01_packets_that_are_cut_off_too_long_or_of_another_version_are_counted_and_never_heard() {
        Ear ear = running();
        heard(ear);
        RtpSender peer = new RtpSender(0x7777, 65_010, 0xFFFF_0640L);
        byte[] payload = new byte[3900];
        Arrays.fill(payload, (byte) LOUD);
        for (int i = 0; i < 11; i++) {
            int unused = peer.writeAudio(packet, 0, payload, 0, FRAME);
            arrives(i);
        }
        for (int version : new int[] {0x00, 0x40, 0xC0}) {
            int length = peer.writeAudio(packet, 0, payload, 0, FRAME);
            packet[0] = (byte) version;
            arrives(length);
        }
        int length = peer.writeAudio(packet, 77, payload, 0, FRAME);
        arrives(length);
        assertThat(report().packetsDropped()).isEqualTo(15);
        length = peer.writeAudio(packet, 0, payload, 0, payload.length);
        arrives(length);
        bench.run(200);
        assertThat(heard(ear)[1]).isZero();
        assertThat(report().packetsDropped()).isEqualTo(16);
        assertThat(bench.loop.defects()).isZero();
    }

    @Test
    void r07_any_packet_time_is_heard_whatever_the_description_says() {
        bench.start();
        Ear ear = bench.ear.openEar();
        RtpSender peer = new RtpSender(0x7777, 5, 0);
        byte[] payload = new byte[8 * 120];
        Arrays.fill(payload, (byte) LOUD);
        int[] packetTimes = {20, 20, 10, 30, 40, 60, 5, 100, 120, 1, 20};
        for (int ms : packetTimes) {
            int length = peer.writeAudio(packet, 0, payload, 0, 8 * ms);
            peer.advance(8L * ms);
            arrives(length);
            bench.run(ms);
        }
        // The first packet of a source is on probation.
        assertThat(heard(ear)[1]).isEqualTo(8L * (Arrays.stream(packetTimes).sum() - 20));
        assertThat(bench.ear.concealedFrames()).isZero();
    }
}
