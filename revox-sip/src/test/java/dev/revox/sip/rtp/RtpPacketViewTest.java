package dev.revox.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R01: RFC 3550 §5.1. */
final class RtpPacketViewTest {

    private final RtpPacketView view = new RtpPacketView();

    private boolean wrap(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return view.wrap(bytes, 0, bytes.length);
    }

    @Test
    void a_plain_packet_is_read() {
        assertThat(wrap("80 E5 FFFE FFFFFF60 DEADBEEF 0102")).isTrue();
        assertThat(view.marker()).isTrue();
        assertThat(view.payloadType()).isEqualTo(101);
        assertThat(view.sequenceNumber()).isEqualTo(0xFFFE);
        assertThat(view.timestamp()).isEqualTo(0xFFFFFF60L);
        assertThat(view.ssrc()).isEqualTo(0xDEADBEEF);
        assertThat(view.payloadStart()).isEqualTo(12);
        assertThat(view.payloadBytes()).isEqualTo(2);
    }

    @Test
    void sources_extension_and_padding_are_stepped_over() {
        assertThat(wrap("B1 00 0001 00000002 00000003 AAAAAAAA BEDE 0001 01020304 7777 000003"))
                .isTrue();
        assertThat(view.payloadStart()).isEqualTo(24);
        assertThat(view.payloadBytes()).isEqualTo(2);
    }

    @Test
    void what_does_not_hold_together_is_refused() {
        assertThat(wrap("80 00 0001 00000002 000000")).isFalse();
        assertThat(wrap("40 00 0001 00000002 00000003")).isFalse();
        assertThat(wrap("82 00 0001 00000002 00000003 AAAAAAAA")).isFalse();
        assertThat(wrap("90 00 0001 00000002 00000003 BEDE")).isFalse();
        assertThat(wrap("90 00 0001 00000002 00000003 BEDE 0002 01020304")).isFalse();
        assertThat(wrap("A0 00 0001 00000002 00000003 0000")).isFalse();
        assertThat(wrap("A0 00 0001 00000002 00000003 0009")).isFalse();
    }

    @Test
    void random_bytes_never_throw_and_never_point_outside() {
        Random random = new Random(42);
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[random.nextInt(40) + 8];
            random.nextBytes(bytes);
            int offset = random.nextInt(4);
            int length = random.nextInt(bytes.length - offset + 1);
            if (i % 2 == 0) {
                bytes[offset] = (byte) (0x80 | (bytes[offset] & 0x3F));
            }
            if (view.wrap(bytes, offset, length)) {
                assertThat(view.payloadBytes()).isBetween(0, length - 12);
                assertThat(view.payloadStart()).isGreaterThanOrEqualTo(offset + 12);
                assertThat(view.payloadStart() + view.payloadBytes()).isLessThanOrEqualTo(offset + length);
            }
        }
    }

    @Test
    void what_the_sender_writes_is_read_back() {
        RtpSender sender = new RtpSender(0x11223344, 0xFFFF, 0xFFFFFFF0L);
        byte[] packet = new byte[64];
        byte[] payload = {1, 2, 3};
        int length = sender.writeAudio(packet, 8, payload, 0, 3);
        assertThat(view.wrap(packet, 0, length)).isTrue();
        assertThat(view.marker()).isTrue();
        assertThat(view.sequenceNumber()).isEqualTo(0xFFFF);
        sender.advance(160);
        length = sender.writeAudio(packet, 8, payload, 1, 2);
        assertThat(view.wrap(packet, 0, length)).isTrue();
        assertThat(view.marker()).isFalse();
        assertThat(view.sequenceNumber()).isZero();
        assertThat(view.timestamp()).isEqualTo(144);
        assertThat(view.ssrc()).isEqualTo(0x11223344);
        assertThat(sender.packets()).isEqualTo(2);
        assertThat(sender.payloadOctets()).isEqualTo(5);
    }
}
