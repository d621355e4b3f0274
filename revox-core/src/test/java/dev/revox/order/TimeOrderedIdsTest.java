package dev.revox.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00Z");

    private final TimeOrderedIds ids = new TimeOrderedIds();

    @Test
    void an_id_is_a_uuid_of_version_7_with_its_millisecond() {
        UUID id = UUID.fromString(ids.next(NOON));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void later_ids_sort_behind_earlier_ones() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(ids.next(NOON.plusMillis(i)));
        }
        assertThat(all).isSorted();
    }

    @Test
    void ids_of_one_millisecond_keep_their_order_even_when_they_are_more_than_the_counter_tells_apart() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(ids.next(NOON));
        }
        all.add(ids.next(NOON.plusMillis(1)));

        assertThat(all).isSorted();
        assertThat(new HashSet<>(all)).hasSize(10_001);
    }

    @Test
    void a_clock_that_is_set_back_does_not_turn_the_order_around() {
        Random random = new Random(7);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(ids.next(NOON.plus(Duration.ofSeconds(random.nextInt(7_200) - 3_600))));
        }
        assertThat(all).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_source_of_the_callers_own_repeats() {
        TimeOrderedIds one = new TimeOrderedIds(new Random(3));
        TimeOrderedIds other = new TimeOrderedIds(new Random(3));

        assertThat(one.next(NOON)).isEqualTo(other.next(NOON)).isNotEqualTo(ids.next(NOON));
    }
}
