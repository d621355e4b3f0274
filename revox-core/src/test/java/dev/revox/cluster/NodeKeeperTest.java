package dev.revox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.RevoxException;
import dev.revox.store.memory.MemoryStore;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeKeeperTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-08-03T10:00:00Z"));
    private final NodeRegistry nodes = new MemoryStore().nodes();
    private final Watcher watcher = new Watcher();

    @Test
    void an_engine_counts_three_times_per_lease_and_holds_it() {
        NodeKeeper keeper = start("a", nodes);
        long before = count(keeper.self().orElseThrow());

        time.advance(LEASE.multipliedBy(4));

        assertThat(count(keeper.self().orElseThrow()) - before).isEqualTo(12);
        assertThat(keeper.holdsLease()).isTrue();
    }

    @Test
    void a_node_whose_count_stands_still_is_struck_off_after_a_whole_lease_of_watching_and_not_before() {
        NodeKeeper keeper = start("a", nodes);
        NodeId silent = nodes.join("b");
        time.advance(LEASE);
        assertThat(nodes.beats()).containsKey(silent);

        time.advance(Duration.ofSeconds(6));

        assertThat(nodes.beats())
                .doesNotContainKey(silent)
                .containsKey(keeper.self().orElseThrow());
        assertThat(watcher.ownersGone).isEqualTo(2);
    }

    @Test
    void a_node_that_counts_however_slowly_is_let_alone() {
        NodeKeeper unused = start("a", nodes);
        NodeId slow = nodes.join("b");
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(14));
            assertThat(nodes.beat(slow)).isTrue();
        }
        assertThat(watcher.ownersGone).isEqualTo(1);
    }

    @Test
    void an_outage_of_the_store_makes_it_forget_what_it_has_watched() {
        Breakable store = new Breakable(nodes);
        NodeKeeper unused = start("a", store);
        NodeId silent = nodes.join("b");
        time.advance(Duration.ofSeconds(14));
        store.broken = true;
        time.advance(Duration.ofMinutes(10));
        store.broken = false;
        time.advance(LEASE);
        assertThat(nodes.beats())
                .as("nobody could count while the store was away")
                .containsKey(silent);

        time.advance(Duration.ofSeconds(11));

        assertThat(nodes.beats()).doesNotContainKey(silent);
    }

    @Test
    void an_engine_that_could_not_count_for_a_lease_holds_it_no_more_until_it_counts_again() {
        Breakable store = new Breakable(nodes);
        NodeKeeper keeper = start("a", store);
        NodeId life = keeper.self().orElseThrow();
        store.broken = true;
        time.advance(LEASE.minusSeconds(1));
        assertThat(keeper.holdsLease()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(keeper.holdsLease()).isFalse();
        store.broken = false;
        time.advance(Duration.ofSeconds(5));
        assertThat(keeper.holdsLeaseAs(life)).as("nobody has struck it off").isTrue();
    }

    @Test
    void an_engine_that_was_struck_off_registers_anew_and_lets_go_of_its_former_life() {
        NodeKeeper keeper = start("a", nodes);
        NodeId former = keeper.self().orElseThrow();
        assertThat(nodes.expel(former, count(former))).isTrue();

        time.advance(Duration.ofSeconds(5));

        NodeId now = keeper.self().orElseThrow();
        assertThat(watcher.struckOff).containsExactly(former);
        assertThat(now.name()).isEqualTo("a");
        assertThat(now.incarnation()).isGreaterThan(former.incarnation());
        assertThat(keeper.holdsLease()).isTrue();
        assertThat(keeper.holdsLeaseAs(former)).isFalse();
        assertThat(keeper.holdsLeaseAs(now)).isTrue();
    }

    @Test
    void the_later_of_two_engines_of_one_name_takes_the_name() {
        NodeKeeper first = start("a", nodes);
        NodeId former = first.self().orElseThrow();
        Watcher second = new Watcher();
        new NodeKeeper(nodes, time, time, "a", LEASE).start(second);

        assertThat(second.ownersGone)
                .as("a former life of its name may have left attempts")
                .isEqualTo(1);
        time.advance(Duration.ofSeconds(5));
        assertThat(watcher.struckOff).contains(former);
    }

    @Test
    void on_a_store_that_nobody_else_can_have_open_everybody_else_is_dead() {
        NodeId dead = nodes.join("b");
        Breakable store = new Breakable(nodes);
        store.exclusive = true;
        NodeKeeper keeper = start("a", store);

        assertThat(nodes.beats()).containsOnlyKeys(keeper.self().orElseThrow()).doesNotContainKey(dead);
        assertThat(watcher.ownersGone).isEqualTo(1);
    }

    @Test
    void an_engine_that_starts_while_the_store_is_away_registers_later() {
        Breakable store = new Breakable(nodes);
        store.broken = true;
        NodeKeeper keeper = start("a", store);
        assertThat(keeper.self()).isEmpty();
        assertThat(keeper.holdsLease()).isFalse();
        time.advance(LEASE);
        store.broken = false;
        time.advance(Duration.ofSeconds(5));

        assertThat(keeper.self()).isPresent();
        assertThat(watcher.ownersGone).isEqualTo(1);
    }

    @Test
    void a_keeper_that_was_closed_leaves_the_register_and_no_alarm() {
        NodeKeeper keeper = start("a", nodes);
        keeper.close();
        time.advance(LEASE);

        assertThat(nodes.beats()).isEmpty();
        assertThat(time.pendingCount()).isZero();
    }

    private long count(NodeId node) {
        return nodes.beats().getOrDefault(node, -1L);
    }

    private NodeKeeper start(String name, NodeRegistry registry) {
        NodeKeeper keeper = new NodeKeeper(registry, time, time, name, LEASE);
        keeper.start(watcher);
        return keeper;
    }

    private static final class Watcher implements NodeWatcher {
        private final List<NodeId> struckOff = new ArrayList<>();
        private int ownersGone;

        @Override
        public void struckOff(NodeId self) {
            struckOff.add(self);
        }

        @Override
        public void ownersGone() {
            ownersGone++;
        }
    }

    private static final class Breakable implements NodeRegistry {
        private final NodeRegistry whole;
        private boolean broken;
        private boolean exclusive;

        Breakable(NodeRegistry whole) {
            this.whole = whole;
        }

        private NodeRegistry reached() {
            if (broken) {
                throw new RevoxException("the store cannot be reached", true);
            }
            return whole;
        }

        @Override
        public NodeId join(String name) {
            return reached().join(name);
        }

        @Override
        public boolean beat(NodeId node) {
            return reached().beat(node);
        }

        @Override
        public Map<NodeId, Long> beats() {
            return reached().beats();
        }

        @Override
        public boolean expel(NodeId node, long beat) {
            return reached().expel(node, beat);
        }

        @Override
        public void leave(NodeId node) {
            reached().leave(node);
        }

        @Override
        public boolean exclusive() {
            return exclusive;
        }
    }
}
