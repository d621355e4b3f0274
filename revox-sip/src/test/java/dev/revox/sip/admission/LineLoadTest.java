package dev.revox.sip.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLoadTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final AtomicLong givenUp = new AtomicLong();
    private final AtomicInteger live = new AtomicInteger(100);
    private final LineLoad load = new LineLoad(time, givenUp::get, live::get);

    private static void nothing() {}

    private void pass(int ms) {
        time.advance(Duration.ofMillis(ms));
    }

    @Test
    void s26_a_line_that_takes_calls_on_at_once_is_not_behind() {
        for (int i = 0; i < 1000; i++) {
            Runnable step = load.waits(LineLoadTest::nothing);
            pass(20);
            step.run();
            assertThat(load.behind()).isFalse();
        }
    }

    @Test
    void s26_a_line_on_which_a_call_has_waited_is_behind_for_a_second() {
        Runnable step = load.waits(LineLoadTest::nothing);
        pass(251);
        step.run();
        assertThat(load.behind()).isTrue();
        pass(999);
        assertThat(load.behind()).isTrue();
        pass(1);
        assertThat(load.behind()).isFalse();
    }

    @Test
    void s26_a_line_on_which_nothing_moves_is_behind_until_something_does() {
        Runnable first = load.waits(LineLoadTest::nothing);
        Runnable second = load.waits(LineLoadTest::nothing);
        pass(250);
        assertThat(load.behind()).isFalse();
        pass(1);
        assertThat(load.behind()).isTrue();
        pass(10_000);
        assertThat(load.behind()).isTrue();
        first.run();
        second.run();
        pass(1_000);
        assertThat(load.behind()).isFalse();
    }

    @Test
    void s26_one_stall_of_the_sound_is_no_overload_and_lasting_ones_are() {
        pass(1_000);
        // 100 calls send 5000 frames a second; a stall of 100 ms costs each a few.
        givenUp.addAndGet(300);
        assertThat(load.behind()).isFalse();
        pass(1_000);
        givenUp.addAndGet(600);
        assertThat(load.behind()).isTrue();
        pass(500);
        assertThat(load.behind()).isTrue();
        pass(500);
        assertThat(load.behind()).isFalse();
    }

    @Test
    void s26_what_an_overload_cost_calls_that_are_over_turns_nobody_away_afterwards() {
        live.set(1_000);
        pass(1_000);
        givenUp.addAndGet(20_000);
        assertThat(load.behind()).isTrue();
        givenUp.addAndGet(10_000);
        live.set(1);
        pass(37_000);
        assertThat(load.behind()).isFalse();
    }
}
