package dev.revox.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** R04: RFC 4961, RFC 7362 and AST-2017-005/008. */
final class SourceLatchTest {

    private static final long MS = 1_000_000L;

    private final InetSocketAddress described = at(1, 4000);
    private final InetSocketAddress behindNat = at(2, 5000);
    private final InetSocketAddress attacker = at(3, 6000);
    private final SourceLatch latch = new SourceLatch();

    private static InetSocketAddress at(int lastByte, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_described_address_is_accepted_at_once() {
        latch.onDescription(described, 0);
        assertThat(latch.accepts(described, 7, MS)).isTrue();
        assertThat(latch.target()).isEqualTo(described);
        assertThat(latch.learnt()).isFalse();
    }

    @Test
    void another_source_needs_four_packets_in_sequence_within_five_seconds() {
        latch.onDescription(described, 0);
        assertThat(latch.accepts(behindNat, 65_534, 10 * MS)).isFalse();
        assertThat(latch.accepts(behindNat, 65_535, 30 * MS)).isFalse();
        assertThat(latch.accepts(behindNat, 0, 50 * MS)).isFalse();
        assertThat(latch.accepts(behindNat, 1, 70 * MS)).isTrue();
        assertThat(latch.target()).isEqualTo(behindNat);
        assertThat(latch.accepts(described, 8, 90 * MS)).isFalse();
    }

    @Test
    void packets_out_of_sequence_teach_nothing() {
        latch.onDescription(described, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(latch.accepts(behindNat, 2 * i, 10 * MS)).isFalse();
        }
    }

    @Test
    void nothing_is_learnt_after_five_seconds() {
        latch.onDescription(described, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(latch.accepts(behindNat, i, 5000 * MS + i * MS)).isFalse();
        }
        assertThat(latch.target()).isEqualTo(described);
    }

    @Test
    void a_sprayer_gets_nothing_while_the_stream_runs_even_right_after_a_re_invite() {
        latch.onDescription(described, 0);
        int attack = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            if (ms % 20 == 0) {
                assertThat(latch.accepts(described, ms / 20, ms * MS)).isTrue();
            }
            if (ms == 7000) {
                latch.onDescription(described, ms * MS);
            }
            assertThat(latch.accepts(attacker, attack++ & 0xFFFF, ms * MS)).isFalse();
            assertThat(latch.target()).isEqualTo(described);
        }
    }

    @Test
    void a_new_description_may_be_learnt_from_anew() {
        latch.onDescription(described, 0);
        for (int i = 0; i < 4; i++) {
            boolean unused = latch.accepts(behindNat, i, i * (20 * MS));
        }
        InetSocketAddress moved = at(4, 4444);
        latch.onDescription(moved, 60_000 * MS);
        assertThat(latch.target()).isEqualTo(moved);
        assertThat(latch.accepts(behindNat, 9, 60_001 * MS)).isFalse();
        assertThat(latch.accepts(moved, 9, 60_001 * MS)).isTrue();
    }
}
