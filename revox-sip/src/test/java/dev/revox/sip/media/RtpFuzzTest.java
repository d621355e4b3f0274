package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.fuzz.Mutations;
import dev.revox.sip.rtp.RtpSender;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpFuzzTest {

    private static final int SILENT = 0xFF;

    private final WireBench bench = new WireBench();

    @Test
    void x10_mutated_packets_of_rtp_rtcp_and_keys_are_counted_and_dropped() {
        bench.start();
        bench.peerSpeaks(SILENT);
        bench.peerSpeaks(SILENT);
        RtpSender peer = new RtpSender(0x7777, 65_002, 0xFFFF_0000L);
        byte[] packet = new byte[1600];
        byte[] payload = new byte[160];
        byte[] report = {(byte) 0x81, (byte) 200, 0, 12, 0, 0, 0x77, 0x77, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        try (Mutations mutations = new Mutations()) {
            while (mutations.goOn()) {
                int type = mutations.random().nextBoolean() ? 0 : 101;
                int length = peer.writeAudio(packet, type, payload, 0, type == 0 ? 160 : 4);
                peer.advance(160);
                byte[] rtp = mutations.of(Arrays.copyOf(packet, length));
                byte[] rtcp = mutations.of(report);
                try {
                    bench.wire.onRtpDatagram(rtp, 0, Math.min(rtp.length, 1600), WireBench.PEER, bench.time.nanoTime());
                    bench.wire.onRtcpDatagram(
                            rtcp, 0, Math.min(rtcp.length, 1600), WireBench.PEER, bench.time.nanoTime());
                } catch (RuntimeException | Error undeclared) {
                    throw new AssertionError(mutations.where(), undeclared);
                }
                if (mutations.rounds() % 20 == 0) {
                    bench.run(20);
                }
            }
            assertThat(bench.loop.defects()).as(mutations.where()).isZero();
            assertThat(mutations.rounds()).isGreaterThan(1000);
        }
    }
}
