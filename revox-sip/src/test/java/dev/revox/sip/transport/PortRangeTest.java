package dev.revox.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R12. */
final class PortRangeTest {

    @Test
    void pairs_are_even_distinct_and_end_with_a_retryable_refusal() {
        PortRange range = new PortRange(20_001, 20_020);
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            ports.add(range.take(port -> port));
        }
        assertThat(ports).hasSize(9).allMatch(port -> port % 2 == 0 && port >= 20_002 && port <= 20_018);
        assertThatThrownBy(() -> range.<Integer>take(port -> port))
                .isInstanceOfSatisfying(
                        RevoxException.class,
                        refusal -> assertThat(refusal.retryable()).isTrue())
                .hasMessageContaining("20002..20019");
        range.release(20_008);
        assertThat(range.<Integer>take(port -> port)).isEqualTo(20_008);
    }

    @Test
    void a_port_of_another_program_is_passed_over() {
        PortRange range = new PortRange(20_000, 20_003);
        int port = range.take(even -> {
            if (even == 20_000) {
                throw new IOException("in use");
            }
            return even;
        });
        assertThat(port).isEqualTo(20_002);
        assertThat(range.inUse()).isEqualTo(1);
    }

    @Test
    void a_freed_pair_rests_while_others_are_free() {
        PortRange range = new PortRange(20_000, 20_007);
        int first = range.take(port -> port);
        range.release(first);
        assertThat(range.<Integer>take(port -> port)).isNotEqualTo(first);
    }

    @Test
    void an_impossible_range_is_refused() {
        assertThatThrownBy(() -> new PortRange(80, 90)).hasMessageContaining("80..90");
        assertThatThrownBy(() -> new PortRange(20_001, 20_002)).hasMessageContaining("no even port");
    }
}
