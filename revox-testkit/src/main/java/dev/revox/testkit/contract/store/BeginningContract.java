package dev.revox.testkit.contract.store;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.attempt;
import static dev.revox.testkit.contract.store.Rows.calling;
import static dev.revox.testkit.contract.store.Rows.ended;
import static dev.revox.testkit.contract.store.Rows.next;
import static dev.revox.testkit.contract.store.Rows.order;
import static dev.revox.testkit.contract.store.Rows.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.store.Beginning;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may begin an attempt, and that two engines never begin the same one. */
public abstract class BeginningContract extends StoreBench {
    /** How many orders two engines race for. */
    protected static final int RACES = 1000;

    private static final TenantKey DESK = new TenantKey(Optional.empty(), "desk");

    protected EngineStore store;
    protected EngineStore other;
    protected NodeId node;
    protected NodeId rival;

    @BeforeEach
    final void two_engines_share_the_rows() {
        store = another();
        other = another();
        node = store.nodes().join("here");
        rival = other.nodes().join("there");
    }

    @Test
    void whoever_begins_an_attempt_owns_the_order_until_it_is_taken_over() {
        StoredOrder row = stored(order("1"));
        StoredOrder dialled = calling(row);
        store.commit(Transition.change(row, dialled)
                .beginning(Beginning.of(node, NOON))
                .with(attempt("a", node)));
        StoredOrder noted = next(dialled, OrderStatus.CALLING, Optional.empty());
        store.commit(Transition.change(dialled, noted).fenced(dialled.order().version()));
        StoredOrder taken = next(noted, OrderStatus.SCHEDULED, Optional.of(NOON));
        other.commit(Transition.change(noted, taken).claiming());

        Transition late = Transition.change(taken, calling(taken));
        assertThat(conflict(store, late.fenced(dialled.order().version()))).isEqualTo(Reason.FENCED);
        assertThat(store.order(row.key())).contains(taken);
        other.commit(late.fenced(taken.order().version()));
    }

    @Test
    void whoever_was_struck_off_begins_no_attempt() {
        StoredOrder row = stored(order("1"));
        assertThat(other.nodes().expel(node, 0)).isTrue();

        assertThat(conflict(store, Transition.change(row, calling(row)).beginning(Beginning.of(node, NOON))))
                .isEqualTo(Reason.FENCED);
        assertThat(store.order(row.key())).contains(row);
    }

    @Test
    void a_former_life_of_a_node_begins_no_attempt() {
        StoredOrder row = stored(order("1"));
        NodeId reborn = other.nodes().join("here");

        assertThat(conflict(store, Transition.change(row, calling(row)).beginning(Beginning.of(node, NOON))))
                .isEqualTo(Reason.FENCED);
        other.commit(Transition.change(row, calling(row)).beginning(Beginning.of(reborn, NOON)));
    }

    @Test
    void a_slot_is_given_in_the_order_of_becoming_due_and_no_more_than_there_are() {
        StoredOrder second = stored(queued("a-second", "desk", 1, NOON.plusSeconds(1)));
        StoredOrder first = stored(queued("b-first", "desk", 1, NOON));
        StoredOrder elsewhere = stored(queued("c-elsewhere", "door", 1, NOON));

        assertThat(store.dialable(NOON, 10)).containsExactly(first.key(), elsewhere.key());
        assertThat(conflict(store, begin(second, "s"))).isEqualTo(Reason.SLOT);
        store.commit(begin(first, "f"));
        assertThat(store.liveAttempts(DESK, NOON)).isEqualTo(1);
        assertThat(store.dialable(NOON, 10)).containsExactly(elsewhere.key());
        assertThat(conflict(other, begin(second, "s"))).isEqualTo(Reason.SLOT);
        assertThat(store.order(second.key())).contains(second);
        assertThat(store.attempts(second.key())).isEmpty();

        StoredOrder dialled = calling(first);
        store.commit(Transition.change(dialled, next(dialled, OrderStatus.COMPLETED, Optional.empty()))
                .with(attempt("f", node).withAttempt(ended(attempt("f", node)))));
        assertThat(store.liveAttempts(DESK, NOON)).isZero();
        other.commit(begin(second, "s"));
    }

    @Test
    void the_head_of_the_queue_waits_for_its_own_limit() {
        StoredOrder head = stored(queued("head", "desk", 1, NOON));
        StoredOrder roomy = stored(queued("roomy", "desk", 5, NOON.plusSeconds(1)));
        StoredOrder live = stored(queued("live", "desk", 5, NOON.minusSeconds(1)));
        store.commit(begin(live, "l"));

        assertThat(conflict(store, begin(head, "h"))).isEqualTo(Reason.SLOT);
        assertThat(conflict(store, begin(roomy, "r"))).isEqualTo(Reason.SLOT);
        assertThat(store.dialable(NOON, 10)).isEmpty();
    }

    @Test
    void a_paused_order_does_not_hold_up_the_queue() {
        StoredOrder head = queued("head", "desk", 1, NOON);
        store.commit(Transition.insert(new StoredOrder(head.order().withPaused(true, NOON), head.dueAt(), false)));
        StoredOrder behind = stored(queued("behind", "desk", 1, NOON.plusSeconds(1)));

        assertThat(store.dialable(NOON, 10)).containsExactly(behind.key());
        store.commit(begin(behind, "b"));
    }

    @Test
    void an_attempt_whose_engine_was_lost_holds_its_slot_and_its_line_for_a_while() {
        StoredOrder row = stored(queued("1", "desk", 1, NOON));
        StoredAttempt live = attempt("a", node, "trunk");
        store.commit(Transition.change(row, calling(row))
                .beginning(conditions(1, "desk", 1, Duration.ZERO, NOON))
                .with(live));
        StoredOrder dialled = calling(row);
        Instant until = NOON.plusSeconds(300);
        other.commit(Transition.change(dialled, next(dialled, OrderStatus.SCHEDULED, Optional.of(until)))
                .claiming()
                .with(live.lost(ended(live), until)));
        StoredOrder waiting = stored(queued("2", "desk", 1, NOON.plusSeconds(1)));

        assertThat(store.liveAttempts(DESK, until.minusNanos(1))).isEqualTo(1);
        Transition begin = Transition.change(waiting, calling(waiting)).with(attempt("b", node, "trunk"));
        assertThat(conflict(store, begin.beginning(conditions(1, "desk", 1, Duration.ZERO, NOON))))
                .isEqualTo(Reason.SLOT);
        assertThat(conflict(store, begin.beginning(conditions(9, "desk", 1, Duration.ZERO, NOON))))
                .isEqualTo(Reason.LINE);
        assertThat(store.liveAttempts(DESK, until)).isZero();
        store.commit(begin.beginning(conditions(1, "desk", 1, Duration.ZERO, until)));
    }

    @Test
    void a_line_carries_what_it_can_and_begins_no_faster_than_it_may() {
        Duration spacing = Duration.ofMillis(100);
        store.commit(beginOnLine("1", 2, spacing, NOON));

        Transition soon = beginOnLine("2", 2, spacing, NOON.plusMillis(100).minusNanos(1));
        assertThat(conflict(other, soon)).isEqualTo(Reason.LINE);
        other.commit(beginOnLine("3", 2, spacing, NOON.plusMillis(100)));
        assertThat(conflict(store, beginOnLine("4", 2, spacing, NOON.plusSeconds(9))))
                .isEqualTo(Reason.LINE);
        store.commit(beginOnLine("5", 0, Duration.ZERO, NOON.plusSeconds(9)));
    }

    private Transition beginOnLine(String id, int maxCalls, Duration spacing, Instant now) {
        StoredOrder row = stored(order(id));
        return Transition.change(row, calling(row))
                .beginning(new Beginning(
                        node, Optional.empty(), Optional.of(new Beginning.LineBudget("trunk", maxCalls, spacing)), now))
                .with(attempt("attempt-" + id, node, "trunk"));
    }

    /** Two engines plan the same orders at the same time; each order is dialled once, by one of them. */
    @Test
    void of_two_engines_one_begins_each_attempt() throws Exception {
        List<StoredOrder> rows = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            rows.add(stored(order("order-" + i)));
        }
        List<Integer> begun = together(List.of(() -> dialAll(store, node, rows), () -> dialAll(other, rival, rows)));

        assertThat(begun.get(0) + begun.get(1)).isEqualTo(RACES);
        for (StoredOrder row : rows) {
            assertThat(store.attempts(row.key())).hasSize(1);
        }
    }

    private static int dialAll(EngineStore at, NodeId by, List<StoredOrder> rows) {
        int begun = 0;
        for (StoredOrder row : rows) {
            Transition begin = Transition.change(row, calling(row))
                    .beginning(Beginning.of(by, NOON))
                    .with(attempt(by.name() + row.order().id(), by));
            begun += tryCommit(at, begin) ? 1 : 0;
        }
        return begun;
    }

    /** An engine that slept through its expulsion can neither begin anything nor end what was taken from it. */
    @Test
    void an_engine_that_is_struck_off_while_it_works_leaves_nothing_unowned() throws Exception {
        List<StoredOrder> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(stored(order("order-" + i)));
        }
        List<Integer> done = together(
                List.of(() -> dialUntilStruckOff(rows), () -> other.nodes().expel(node, 0) ? 1 : 0));

        assertThat(done.get(1)).isEqualTo(1);
        assertThat(store.orphans(1000)).hasSize(done.get(0));
    }

    private int dialUntilStruckOff(List<StoredOrder> rows) {
        int begun = 0;
        for (StoredOrder row : rows) {
            try {
                store.commit(Transition.change(row, calling(row))
                        .beginning(Beginning.of(node, NOON))
                        .with(attempt("attempt-" + row.order().id(), node)));
                begun++;
            } catch (StoreConflictException struckOff) {
                assertThat(struckOff.reason()).isEqualTo(Reason.FENCED);
            }
        }
        return begun;
    }

    /** Every engine tries every order at once, again and again, until all are dialled: never more at a time than there are slots. */
    @Test
    void slots_hold_over_engines_and_threads_and_go_first_come_first_served() throws Exception {
        int orders = 40;
        List<StoredOrder> rows = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            rows.add(stored(queued("order-" + (10 + i), "desk", 3, NOON.plusMillis(i))));
        }
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            EngineStore at = i % 2 == 0 ? store : other;
            NodeId by = i % 2 == 0 ? node : rival;
            tasks.add(() -> dialFromQueue(at, by, rows));
        }
        List<List<String>> dialled = together(tasks);

        assertThat(dialled.stream().flatMap(List::stream)).hasSize(orders).doesNotHaveDuplicates();
        // Whoever dials, dials in the order of the queue.
        dialled.forEach(each -> assertThat(each).isSorted());
        assertThat(store.liveAttempts(DESK, NOON)).isZero();
    }

    private static List<String> dialFromQueue(EngineStore at, NodeId by, List<StoredOrder> rows) {
        List<String> dialled = new ArrayList<>();
        List<StoredOrder> left = new ArrayList<>(rows);
        while (!left.isEmpty()) {
            StoredOrder row = left.getFirst();
            String id = row.order().id();
            StoredAttempt attempt = attempt("attempt-" + id, by);
            try {
                at.commit(Transition.change(row, calling(row))
                        .beginning(new Beginning(by, Optional.of(new Beginning.Slot(DESK, 3)), Optional.empty(), NOON))
                        .with(attempt));
                assertThat(at.liveAttempts(DESK, NOON)).isLessThanOrEqualTo(3);
                StoredOrder called = calling(row);
                at.commit(Transition.change(called, next(called, OrderStatus.COMPLETED, Optional.empty()))
                        .with(attempt.withAttempt(ended(attempt))));
                dialled.add(id);
                left.removeFirst();
            } catch (StoreConflictException conflict) {
                if (conflict.reason() != Reason.SLOT) {
                    left.removeFirst();
                }
            }
        }
        return dialled;
    }

    private StoredOrder stored(StoredOrder row) {
        store.commit(Transition.insert(row));
        return row;
    }

    private Transition begin(StoredOrder row, String attempt) {
        var limit = row.order().concurrency().orElseThrow();
        return Transition.change(row, calling(row))
                .beginning(conditions(limit.max(), limit.key(), 0, Duration.ZERO, NOON))
                .with(attempt(attempt, node));
    }

    private Beginning conditions(int max, String key, int maxCalls, Duration spacing, Instant now) {
        return new Beginning(
                node,
                Optional.of(new Beginning.Slot(new TenantKey(Optional.empty(), key), max)),
                maxCalls == 0 ? Optional.empty() : Optional.of(new Beginning.LineBudget("trunk", maxCalls, spacing)),
                now);
    }
}
