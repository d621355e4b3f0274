package dev.revox.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final AtomicInteger expiries = new AtomicInteger();
    private final Watchdog watchdog = new Watchdog(time, expiries::incrementAndGet);

    @Test
    void it_expires_once_when_nothing_happens() {
        watchdog.expectWithin(Duration.ofMillis(800));
        time.advance(Duration.ofMillis(799));
        assertThat(expiries).hasValue(0);
        time.advance(Duration.ofMillis(1));
        assertThat(expiries).hasValue(1);
        watchdog.expectWithin(Duration.ofMillis(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(expiries).hasValue(1);
    }

    @Test
    void a_sign_of_life_moves_the_deadline_without_setting_a_new_alarm() {
        watchdog.expectWithin(Duration.ofMillis(800));
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(500));
            watchdog.expectWithin(Duration.ofMillis(800));
            assertThat(time.pendingCount()).isEqualTo(1);
        }
        assertThat(expiries).hasValue(0);
        time.advance(Duration.ofMillis(800));
        assertThat(expiries).hasValue(1);
    }

    @Test
    void a_shorter_limit_is_kept_though_a_longer_one_was_set() {
        watchdog.expectWithin(Duration.ofSeconds(10));
        watchdog.expectWithin(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(expiries).hasValue(1);
    }

    @Test
    void at_rest_nothing_expires() {
        watchdog.expectWithin(Duration.ofSeconds(1));
        watchdog.rest();
        time.advance(Duration.ofSeconds(5));
        assertThat(expiries).hasValue(0);
        watchdog.expectWithin(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(expiries).hasValue(1);
    }

    @Test
    void stopping_leaves_no_alarm() {
        watchdog.expectWithin(Duration.ofSeconds(1));
        watchdog.stop();
        assertThat(time.pendingCount()).isZero();
    }
}
