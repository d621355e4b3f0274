package dev.revox.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LineLimits;
import dev.revox.order.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several engines on one store, over days, with everything failing that can fail. The seed is in the test's name. */
class SimWorldTest {
    private static final Logger LOG = Logger.getLogger("dev.revox");

    /** A dead node complains a lot. */
    @BeforeAll
    static void engines_are_silent() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void engines_speak_again() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_promise_is_kept_over_five_days_on_three_nodes_that_fail(long seed) {
        SimReport report = SimWorld.builder(seed)
                .nodes(3)
                .orders(300)
                .faults(SimFaults.ALL)
                .build()
                .run();

        assertThat(report.violations()).isEmpty();
        assertThat(report.faults()).containsKeys("crash", "pause", "clock", "outage");
        assertThat(report.faults().get("crash")).isGreaterThan(20);
        assertThat(report.orders().get(OrderStatus.COMPLETED)).isGreaterThan(150);
        assertThat(report.invites()).isGreaterThan(250);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void every_promise_is_kept_in_a_rush_on_a_line_that_is_too_small(long seed) {
        SimReport report = rush(seed).build().run();

        assertThat(report.violations()).isEmpty();
        assertThat(report.mostAtOnce()).isEqualTo(4);
        assertThat(report.invites()).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-22T20:00:00Z", "2026-03-05T20:00:00Z", "2026-12-30T20:00:00Z"})
    void every_promise_is_kept_while_clocks_change_and_years_end(String start) {
        SimReport report = SimWorld.builder(21)
                .nodes(2)
                .orders(200)
                .start(Instant.parse(start))
                .lasting(Duration.ofDays(3))
                .faults(SimFaults.ALL)
                .build()
                .run();

        assertThat(report.violations()).isEmpty();
    }

    @Test
    void a_seed_repeats_to_the_last_line() {
        SimReport once = rush(5).build().run();
        SimReport again = rush(5).build().run();

        assertThat(again).isEqualTo(once);
        assertThat(rush(6).build().run().fingerprint()).isNotEqualTo(once.fingerprint());
    }

    static SimWorldBuilder rush(long seed) {
        return SimWorld.builder(seed)
                .nodes(3)
                .orders(250)
                .lasting(Duration.ofHours(8))
                .line(LineLimits.of("trunk", 4, 1))
                .callsPerNode(3)
                .faults(SimFaults.ALL);
    }
}
