package dev.revox.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** R01, R02: what a bridge of equal codecs does with order, gaps and timing. */
final class RtpRelayTest {
    private static final int OURS = 0x0A0B0C0D;

    private final RtpSender out = new RtpSender(OURS, 65_534, 0xFFFF_FF00L);
    private final RtpRelay relay = new RtpRelay(out);
    private final byte[] left = new byte[200];
    private final RtpPacketView read = new RtpPacketView();

    private boolean passes(int stream, int sequence, long timestamp, boolean marker, String sound) {
        byte[] payload = sound.getBytes(StandardCharsets.US_ASCII);
        byte[] came = new byte[RtpPacketView.HEADER_BYTES + payload.length];
        int at = RtpPacketView.writeHeader(came, 0, 8, marker, sequence, timestamp, 77);
        System.arraycopy(payload, 0, came, at, payload.length);
        RtpPacketView in = new RtpPacketView();
        assertThat(in.wrap(came, 0, came.length)).isTrue();
        int length = relay.write(left, 96, in, came, stream);
        return length > 0 && read.wrap(left, 0, length);
    }

    @Test
    void a_packet_leaves_as_ours_with_the_sound_and_the_marker_it_came_with() {
        assertThat(passes(1, 500, 16_000, true, "sound")).isTrue();
        assertThat(read.ssrc()).isEqualTo(OURS);
        assertThat(read.payloadType()).isEqualTo(96);
        assertThat(read.marker()).isTrue();
        assertThat(new String(left, read.payloadStart(), read.payloadBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("sound");
        assertThat(out.packets()).isEqualTo(1);
        assertThat(out.payloadOctets()).isEqualTo(5);
    }

    @Test
    void the_stream_goes_on_where_ours_was_and_keeps_gaps_and_order_across_the_wrap() {
        int[] came = {500, 501, 504, 503, 505};
        int[] leaves = {65_534, 65_535, 2, 1, 3};
        for (int i = 0; i < came.length; i++) {
            assertThat(passes(1, came[i], came[i] * 160L, false, "x")).isTrue();
            assertThat(read.sequenceNumber()).isEqualTo(leaves[i]);
            assertThat(read.timestamp()).isEqualTo(0xFFFF_FF00L + (came[i] - 500) * 160L & 0xFFFF_FFFFL);
        }
        assertThat(out.nextSequence()).isEqualTo(4);
    }

    @Test
    void another_stream_goes_on_behind_the_last_one_at_the_time_it_is_now() {
        assertThat(passes(1, 500, 16_000, false, "x")).isTrue();
        assertThat(passes(1, 501, 16_160, false, "x")).isTrue();
        out.advance(1600);
        assertThat(passes(2, 9, 5, true, "y")).isTrue();
        assertThat(read.sequenceNumber()).isZero();
        assertThat(read.timestamp()).isEqualTo(0xFFFF_FF00L + 1600 & 0xFFFF_FFFFL);
    }

    @Test
    void after_words_of_our_own_the_relayed_sound_goes_on_behind_them() {
        assertThat(passes(1, 500, 16_000, false, "x")).isTrue();
        int unused = out.writeAudio(new byte[200], 0, new byte[160], 0, 160);
        relay.restart();
        assertThat(passes(1, 501, 16_160, false, "x")).isTrue();
        assertThat(read.sequenceNumber()).isZero();
    }

    @Test
    void what_is_older_than_the_words_of_our_own_does_not_leave_under_their_number() {
        assertThat(passes(1, 500, 16_000, false, "x")).isTrue();
        assertThat(passes(1, 502, 16_320, false, "x")).isTrue();
        int unused = out.writeAudio(new byte[200], 0, new byte[160], 0, 160);
        relay.restart();
        assertThat(passes(1, 504, 16_640, false, "x")).isTrue();
        assertThat(passes(1, 503, 16_480, false, "late")).isFalse();
        assertThat(passes(1, 505, 16_800, false, "x")).isTrue();
        assertThat(out.packets()).isEqualTo(5);
    }

    @Test
    void a_relay_goes_on_for_longer_than_sequence_numbers_last() {
        for (int i = 0; i < 200_000; i++) {
            assertThat(passes(1, i & 0xFFFF, i * 160L & 0xFFFF_FFFFL, false, "x"))
                    .isTrue();
        }
        assertThat(out.packets()).isEqualTo(200_000);
    }

    @Test
    void a_packet_that_is_larger_than_ours_may_be_does_not_leave() {
        assertThat(passes(1, 500, 16_000, false, "x".repeat(400))).isFalse();
        assertThat(out.packets()).isZero();
    }
}
