package dev.revox.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelCheckTest {

    private static final long SEEDS = 5000;

    @Test
    void whatever_happens_in_whatever_order_a_call_ends_once_and_leaves_nothing_behind() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(ModelCheck.violation(seed)).as("seed %d", seed).isEmpty();
        }
    }
}
