package dev.revox.sip.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {

    private static final SrtpSuite USUAL = SrtpSuite.AES_CM_128_HMAC_SHA1_80;

    private final Random random = new Random(17);
    private final byte[] packet = new byte[400];

    private SrtpKey key(SrtpSuite suite) {
        return SrtpKey.random(suite, random);
    }

    private static SrtpSession session(SrtpKey ours, SrtpKey theirs) {
        return new SrtpSession(new SrtpKeys(ours, theirs));
    }

    private byte[] sent(SrtpSession from, RtpSender sender) {
        int length = sender.writeAudio(packet, 0, new byte[160], 0, 160);
        sender.advance(160);
        return Arrays.copyOf(packet, from.protectRtp(packet, length));
    }

    private static boolean passes(SrtpSession to, byte[] datagram) {
        byte[] copy = datagram.clone();
        return to.unprotectRtp(copy, 0, copy.length) == 172;
    }

    @ParameterizedTest
    @EnumSource
    void s23_one_changed_bit_anywhere_drops_the_packet_and_the_true_one_still_passes(SrtpSuite suite) {
        SrtpKey key = key(suite);
        SrtpSession to = session(key, key);
        byte[] datagram = sent(session(key, key), new RtpSender(1, 5, 9));
        for (int bit = 0; bit < datagram.length * 8; bit += 7) {
            byte[] changed = datagram.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(to.unprotectRtp(changed, 0, changed.length))
                    .as("bit %s", bit)
                    .isEqualTo(SrtpSession.REFUSED);
        }
        assertThat(to.unauthentic()).isPositive();
        assertThat(passes(to, datagram)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void s23_what_is_cut_short_or_no_packet_at_all_is_dropped(SrtpSuite suite) {
        SrtpKey key = key(suite);
        SrtpSession to = session(key, key);
        byte[] datagram = sent(session(key, key), new RtpSender(1, 5, 9));
        for (int length = 0; length < datagram.length; length++) {
            assertThat(to.unprotectRtp(datagram.clone(), 0, length)).isEqualTo(SrtpSession.REFUSED);
            assertThat(to.unprotectRtcp(datagram.clone(), 0, length)).isEqualTo(SrtpSession.REFUSED);
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertThat(to.unprotectRtp(noise, 0, noise.length)).isEqualTo(SrtpSession.REFUSED);
            assertThat(to.unprotectRtcp(noise, 0, noise.length)).isEqualTo(SrtpSession.REFUSED);
        }
    }

    @Test
    void s23_a_packet_passes_once_and_the_window_is_64_wide() {
        SrtpKey key = key(USUAL);
        SrtpSession from = session(key, key);
        SrtpSession to = session(key, key);
        RtpSender sender = new RtpSender(1, 65_500, 9);
        byte[][] datagrams = new byte[100][];
        for (int i = 0; i < datagrams.length; i++) {
            datagrams[i] = sent(from, sender);
        }
        assertThat(passes(to, datagrams[0])).isTrue();
        assertThat(passes(to, datagrams[0])).isFalse();
        assertThat(passes(to, datagrams[64])).isTrue();
        assertThat(passes(to, datagrams[1])).as("63 behind").isTrue();
        assertThat(passes(to, datagrams[1])).isFalse();
        assertThat(passes(to, datagrams[66])).isTrue();
        assertThat(passes(to, datagrams[2])).as("64 behind").isFalse();
        assertThat(passes(to, datagrams[3])).as("63 behind").isTrue();
        assertThat(to.replayed()).isEqualTo(3);
        assertThat(to.unauthentic()).isZero();
    }

    @Test
    void s23_reports_are_not_taken_twice_nor_unencrypted() {
        SrtpKey key = key(USUAL);
        SrtpSession from = session(key, key);
        SrtpSession to = session(key, key);
        byte[] report = Arrays.copyOf(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7}, 40);
        byte[] datagram = Arrays.copyOf(report, from.protectRtcp(report, 8));

        assertThat(to.unprotectRtcp(datagram.clone(), 0, datagram.length)).isEqualTo(8);
        assertThat(to.unprotectRtcp(datagram.clone(), 0, datagram.length)).isEqualTo(SrtpSession.REFUSED);
        datagram[8] &= 0x7F;
        assertThat(to.unprotectRtcp(datagram.clone(), 0, datagram.length)).isEqualTo(SrtpSession.REFUSED);
    }

    @Test
    void s23_a_source_finds_its_rollover_counter_again_after_another_one_spoke() {
        SrtpKey key = key(USUAL);
        SrtpSession to = session(key, key);
        SrtpSession first = session(key, key);
        SrtpSession second = session(key, key);
        RtpSender one = new RtpSender(1, 65_530, 9);
        RtpSender two = new RtpSender(2, 100, 9);
        for (int i = 0; i < 20; i++) {
            assertThat(passes(to, sent(first, one))).isTrue();
        }
        for (int i = 0; i < 20; i++) {
            assertThat(passes(to, sent(second, two))).isTrue();
        }
        assertThat(passes(to, sent(first, one))).isTrue();
    }

    @Test
    void s23_with_new_keys_a_source_goes_on_or_begins_at_zero_and_old_packets_are_dead() {
        SrtpKey before = key(USUAL);
        SrtpKey after = key(USUAL);
        SrtpKey mine = key(USUAL);
        SrtpSession from = session(before, mine);
        SrtpSession to = session(mine, before);
        RtpSender sender = new RtpSender(1, 65_530, 9);
        byte[] old = {};
        for (int i = 0; i < 20; i++) {
            old = sent(from, sender);
            assertThat(passes(to, old)).isTrue();
        }
        for (boolean goesOn : new boolean[] {true, false}) {
            SrtpSession rekeyed = session(mine, after);
            rekeyed.continues(to);
            SrtpSession peer = session(after, mine);
            RtpSender peers = new RtpSender(1, 20, 9);
            if (goesOn) {
                byte[] unused = sent(peer, new RtpSender(1, 65_535, 9));
            }
            assertThat(passes(rekeyed, old)).isFalse();
            assertThat(passes(rekeyed, sent(peer, peers)))
                    .as("goes on: %s", goesOn)
                    .isTrue();
            assertThat(passes(rekeyed, sent(peer, peers))).isTrue();
        }
    }

    @Test
    void s23_what_we_send_with_an_unchanged_key_goes_on_when_the_other_side_changes_its_own() {
        SrtpKey mine = key(USUAL);
        SrtpSession to = session(key(USUAL), mine);
        SrtpSession before = session(mine, key(USUAL));
        RtpSender sender = new RtpSender(1, 65_530, 9);
        for (int i = 0; i < 20; i++) {
            assertThat(passes(to, sent(before, sender))).isTrue();
        }
        SrtpSession after = session(mine, key(USUAL));
        after.continues(before);

        assertThat(passes(to, sent(after, sender))).isTrue();
    }

    @Test
    void x04_nothing_shows_a_key() {
        SrtpKey key = key(USUAL);
        String secret = java.util.HexFormat.of().formatHex(key.masterKey());
        assertThat(session(key, key) + " " + key + " " + new SrtpKeys(key, key))
                .doesNotContain(secret)
                .isEqualTo("SrtpSession(" + USUAL + ") SrtpKey(" + USUAL + ") SrtpKeys[ours=SrtpKey(" + USUAL
                        + "), theirs=SrtpKey(" + USUAL + ")]");
    }
}
