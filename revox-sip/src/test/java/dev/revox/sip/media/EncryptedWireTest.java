package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import dev.revox.sip.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leg whose sound is encrypted. */
class EncryptedWireTest {

    private static final int SILENT = 0xFF;

    private final Random random = new Random(5);
    private final WireBench bench = new WireBench();
    private final RtpSender peer = new RtpSender(0x7777, 65_530, 0xFFFF_0000L);
    private final byte[] packet = new byte[400];
    private SrtpKeys ours = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    private SrtpSession theirs = new SrtpSession(new SrtpKeys(/* ours= */ ours.theirs(), /* theirs= */ ours.ours()));

    private SrtpKeys keys(SrtpSuite suite) {
        return new SrtpKeys(SrtpKey.random(suite, random), SrtpKey.random(suite, random));
    }

    private void begin(SrtpSuite suite) {
        ours = keys(suite);
        theirs = new SrtpSession(new SrtpKeys(/* ours= */ ours.theirs(), /* theirs= */ ours.ours()));
        bench.start(WireBench.encrypted(ours));
    }

    private void peerSpeaks(InetSocketAddress source) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) SILENT);
        int length = theirs.protectRtp(packet, peer.writeAudio(packet, 0, payload, 0, 160));
        peer.advance(160);
        bench.wire.onRtpDatagram(packet, 0, length, source, bench.time.nanoTime());
        bench.run(20);
    }

    private long dropped() {
        return bench.wire.report(bench.ear, "").packetsDropped();
    }

    private long received() {
        return bench.wire.report(bench.ear, "").packetsReceived();
    }

    @ParameterizedTest
    @EnumSource
    void s23_sound_and_reports_go_both_ways_and_on_the_wire_they_are_unreadable(SrtpSuite suite) {
        begin(suite);
        for (int i = 0; i < 400; i++) {
            peerSpeaks(WireBench.PEER);
        }

        assertThat(received()).isEqualTo(399);
        assertThat(dropped()).isZero();
        assertThat(bench.rtp.sent).hasSizeGreaterThan(395).allSatisfy(datagram -> {
            byte[] bytes = datagram.bytes().clone();
            assertThat(bytes).hasSize(172 + suite.rtpTagBytes());
            assertThat(theirs.unprotectRtp(bytes, 0, bytes.length)).isEqualTo(172);
            assertThat(Arrays.copyOfRange(bytes, 12, 172)).containsOnly(SILENT);
        });
        assertThat(bench.rtcp.sent).isNotEmpty().allSatisfy(datagram -> {
            byte[] bytes = datagram.bytes().clone();
            assertThat(theirs.unprotectRtcp(bytes, 0, bytes.length)).isEqualTo(bytes.length - suite.rtcpTagBytes() - 4);
        });
    }

    @Test
    void x09_what_has_no_key_is_counted_and_dropped_even_from_the_right_address() {
        begin(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        peerSpeaks(WireBench.PEER);
        peerSpeaks(WireBench.PEER);
        long before = received();

        for (int i = 0; i < 50; i++) {
            bench.peerSpeaks(SILENT);
        }

        assertThat(received()).isEqualTo(before);
        assertThat(dropped()).isEqualTo(50);
    }

    @Test
    void r04_the_key_decides_and_not_the_address() {
        begin(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        for (int i = 0; i < 300; i++) {
            peerSpeaks(WireBench.PEER);
        }
        bench.rtp.sent.clear();

        // A NAT on the way has given the peer another port, long after the answer.
        peerSpeaks(WireBench.STRANGER);
        peerSpeaks(WireBench.STRANGER);

        assertThat(dropped()).isZero();
        assertThat(bench.rtp.sent.getLast().target()).isEqualTo(WireBench.STRANGER);
    }

    @Test
    void r04_a_copy_of_a_true_packet_moves_nothing() {
        begin(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        peerSpeaks(WireBench.PEER);
        peerSpeaks(WireBench.PEER);
        byte[] captured = packet.clone();
        // The array was decrypted in place; protect the same packet again as it was on the wire.
        SrtpSession again = new SrtpSession(theirs.keys());
        int length = again.protectRtp(captured, 172);

        bench.wire.onRtpDatagram(captured, 0, length, WireBench.STRANGER, bench.time.nanoTime());
        bench.run(20);

        assertThat(bench.rtp.sent.getLast().target()).isEqualTo(WireBench.PEER);
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void s23_a_re_invite_with_new_keys_goes_on_without_a_gap() {
        begin(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        for (int i = 0; i < 20; i++) {
            peerSpeaks(WireBench.PEER);
        }
        ours = new SrtpKeys(ours.ours(), SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random));
        theirs = new SrtpSession(new SrtpKeys(/* ours= */ ours.theirs(), /* theirs= */ ours.ours()));
        bench.apply(WireBench.encrypted(ours));
        bench.tick();
        long before = received();
        for (int i = 0; i < 20; i++) {
            peerSpeaks(WireBench.PEER);
        }

        assertThat(received() - before).isEqualTo(20);
        assertThat(dropped()).isZero();
    }

    @Test
    void x09_a_bye_of_rtcp_ends_no_call() {
        bench.start();
        bench.peerSpeaks(SILENT);
        bench.peerSpeaks(SILENT);
        byte[] bye = {(byte) 0x81, (byte) 203, 0, 1, 0, 0, 0x77, 0x77};
        byte[] compound = new byte[16];
        System.arraycopy(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0x77, 0x77}, 0, compound, 0, 8);
        System.arraycopy(bye, 0, compound, 8, 8);
        for (InetSocketAddress source : new InetSocketAddress[] {WireBench.PEER, WireBench.STRANGER}) {
            bench.wire.onRtcpDatagram(bye.clone(), 0, 8, source, bench.time.nanoTime());
            bench.wire.onRtcpDatagram(compound.clone(), 0, 16, source, bench.time.nanoTime());
        }
        long before = received();
        for (int i = 0; i < 50; i++) {
            bench.peerSpeaks(SILENT);
        }

        assertThat(received() - before).isEqualTo(50);
        assertThat(bench.events).noneMatch(event -> event.terminal());
    }
}
