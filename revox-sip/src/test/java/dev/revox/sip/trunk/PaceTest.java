package dev.revox.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final Pace pace = new Pace(time);

    private int calls(Duration during) {
        int calls = 0;
        for (long ms = 0; ms < during.toMillis(); ms += 10) {
            calls += pace.mayCall() ? 1 : 0;
            time.advance(Duration.ofMillis(10));
        }
        return calls;
    }

    @Test
    void s26_there_is_no_limit_before_the_trunk_complains() {
        assertThat(calls(Duration.ofSeconds(1))).isEqualTo(100);
        assertThat(pace.perSecond()).isInfinite();
    }

    @Test
    void s26_each_complaint_halves_the_rate_at_most_once_a_second() {
        assertThat(calls(Duration.ofSeconds(2))).isEqualTo(200);
        pace.complained();
        pace.complained();
        assertThat(calls(Duration.ofSeconds(4))).isBetween(180, 210);
        pace.complained();
        assertThat(calls(Duration.ofSeconds(4))).isBetween(90, 105);
    }

    @Test
    void s26_the_rate_comes_back_in_quiet_times() {
        assertThat(calls(Duration.ofSeconds(2))).isEqualTo(200);
        pace.complained();
        time.advance(Duration.ofSeconds(60));
        assertThat(pace.perSecond()).isInfinite();
    }
}
