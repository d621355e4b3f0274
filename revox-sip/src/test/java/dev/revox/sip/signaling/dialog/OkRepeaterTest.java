package dev.revox.sip.signaling.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkRepeaterTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final List<Long> sentMs = new ArrayList<>();
    private final List<Long> gaveUpMs = new ArrayList<>();
    private final ServerTransaction transaction = new ServerTransaction() {
        @Override
        public void reply(SipReply reply) {
            sentMs.add(nowMs());
        }

        @Override
        public void repeat(SipReply reply) {
            sentMs.add(nowMs());
        }
    };

    private long nowMs() {
        return time.nanoTime() / 1_000_000;
    }

    private OkRepeater start() {
        return OkRepeater.start(
                time, time, SipTimers.DEFAULT, transaction, SipReply.of(200), 7, () -> gaveUpMs.add(nowMs()));
    }

    @Test
    void a_200_is_repeated_from_t1_doubling_to_t2_and_given_up_after_64_t1() {
        OkRepeater unused = start();
        time.advance(Duration.ofMinutes(2));
        assertThat(sentMs)
                .containsExactly(
                        0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
        assertThat(gaveUpMs).containsExactly(32_000L);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void its_ack_ends_it_and_another_number_does_not() {
        OkRepeater ok = start();
        assertThat(ok.acknowledgedBy(6)).isFalse();
        assertThat(ok.pending()).isTrue();
        assertThat(ok.acknowledgedBy(7)).isTrue();
        assertThat(ok.acknowledgedBy(7)).isFalse();
        time.advance(Duration.ofMinutes(2));
        assertThat(sentMs).containsExactly(0L);
        assertThat(gaveUpMs).isEmpty();
    }
}
