package dev.revox.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.trunk.TrunkPlan.Capacity;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    @Test
    void s26_calls_by_a_trunk_begin_no_faster_than_it_wants() {
        Channels channels = new Channels(new Capacity(0, 5, 0), time);
        int begun = 0;
        for (int ms = 0; ms < 10_000; ms += 10) {
            if (channels.take()) {
                begun++;
                channels.giveBack();
            }
            time.advance(Duration.ofMillis(10));
        }
        assertThat(begun).isBetween(50, 56);
        Channels slow = new Channels(new Capacity(0, 0.5, 0), time);
        assertThat(slow.take()).isTrue();
        time.advance(Duration.ofMillis(1500));
        assertThat(slow.take()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(slow.take()).isTrue();
    }

    @Test
    void s26_no_limit_is_none() {
        Channels channels = new Channels(new Capacity(0, 0, 0), time);
        for (int call = 0; call < 1000; call++) {
            assertThat(channels.take()).isTrue();
        }
    }
}
