package dev.revox.sip.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpSender;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R03: RFC 3550 §6. */
final class RtcpSessionTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00.25Z");

    private final RtpSender sender = new RtpSender(0x01020304, 1, 1000);
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtcpSession session = new RtcpSession(new Random(1), NOON, 5_000_000_000L);
    private final byte[] packet = new byte[RtcpSession.MAX_BYTES];

    private void hearSome() {
        for (int i = 0; i < 10; i++) {
            RtpReceiver.Verdict unused = receiver.onPacket(77, i, i * 160L, i * 20_000_000L);
        }
    }

    @Test
    void a_report_is_a_compound_of_sender_report_and_cname() {
        hearSome();
        int unused = sender.writeAudio(new byte[200], 0, new byte[160], 0, 160);
        int length = session.writeReport(packet, sender, receiver, 5_000_000_000L);

        ByteBuffer read = ByteBuffer.wrap(packet, 0, length);
        assertThat(read.getShort()).isEqualTo((short) 0x81C8);
        assertThat(read.getShort()).isEqualTo((short) 12);
        assertThat(read.getInt()).isEqualTo(0x01020304);
        assertThat(Integer.toUnsignedLong(read.getInt())).isEqualTo(NOON.getEpochSecond() + 2_208_988_800L);
        assertThat(read.getInt()).isEqualTo(0x4000_0000);
        assertThat(read.getInt()).isEqualTo(1000);
        assertThat(read.getInt()).isEqualTo(1);
        assertThat(read.getInt()).isEqualTo(160);
        assertThat(read.getInt()).isEqualTo(77);
        assertThat(read.getInt()).isZero();
        assertThat(read.getInt()).isEqualTo(9);
        read.position(52);
        assertThat(read.getShort()).isEqualTo((short) 0x81CA);
        assertThat(length).isEqualTo(52 + 4 + 4 * read.getShort());
        assertThat(read.getInt()).isEqualTo(0x01020304);
        assertThat(read.get()).isEqualTo((byte) 1);
        assertThat(read.get()).isEqualTo((byte) 16);
    }

    @Test
    void who_sent_nothing_since_the_last_report_is_a_receiver() {
        int unused = session.writeReport(packet, sender, receiver, 0);
        assertThat(packet[1] & 0xFF).isEqualTo(201);
        assertThat(packet[0] & 0x1F).isZero();
    }

    @Test
    void reports_come_about_every_five_seconds() {
        int reports = 0;
        for (long now = 5_000_000_000L; now < 1_005_000_000_000L; now += 20_000_000) {
            reports += session.due(now) ? 1 : 0;
        }
        assertThat(reports).isBetween(170, 230);
    }

    @Test
    void the_round_trip_is_read_from_the_peers_report_about_us() {
        int unused = sender.writeAudio(new byte[200], 0, new byte[160], 0, 160);
        int length = session.writeReport(packet, sender, receiver, 6_000_000_000L);
        RtcpSession peer = new RtcpSession(new Random(2), NOON.plusSeconds(500), 0);
        RtpReceiver peerReceiver = new RtpReceiver();
        for (int i = 0; i < 3; i++) {
            RtpReceiver.Verdict verdict = peerReceiver.onPacket(sender.ssrc(), i, i * 160L, 0);
            assertThat(verdict).isNotNull();
        }
        peer.onPacket(packet, 0, length, 99, 1_000_000_000L);
        byte[] answer = new byte[RtcpSession.MAX_BYTES];
        int answered = peer.writeReport(answer, new RtpSender(99, 0, 0), peerReceiver, 1_500_000_000L);
        // Half a second at the peer's, 80 ms on the way.
        session.onPacket(answer, 0, answered, sender.ssrc(), 6_580_000_000L);

        assertThat(session.roundTripMicros()).isBetween(79_000L, 81_000L);
    }

    @Test
    void a_bye_is_sent_after_a_report_and_only_counted_when_it_comes() {
        int length = session.writeBye(packet, sender, receiver, 0);
        RtcpSession peer = new RtcpSession(new Random(2), NOON, 0);
        peer.onPacket(packet, 0, length, 99, 0);
        assertThat(peer.byes()).isEqualTo(1);
        assertThat(peer.malformed()).isZero();
    }

    @Test
    void random_and_mutated_bytes_never_throw() {
        Random random = new Random(7);
        hearSome();
        int unused = sender.writeAudio(new byte[200], 0, new byte[160], 0, 160);
        int length = session.writeReport(packet, sender, receiver, 0);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[RtcpSession.MAX_BYTES];
            int size = random.nextInt(bytes.length + 1);
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                System.arraycopy(packet, 0, bytes, 0, length);
                bytes[random.nextInt(length)] = (byte) random.nextInt();
                size = random.nextInt(length + 1);
            }
            session.onPacket(bytes, 0, size, sender.ssrc(), i);
        }
        assertThat(session.malformed()).isPositive();
        assertThat(session.received()).isPositive();
    }
}
