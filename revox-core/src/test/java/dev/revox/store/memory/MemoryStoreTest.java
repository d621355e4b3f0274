package dev.revox.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.attempt.CallAttempt;
import dev.revox.fake.Fixtures;
import dev.revox.job.Job;
import dev.revox.lifecycle.Settlement;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.phone.RecipientZones;
import dev.revox.store.Beginning;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final NodeId node = store.nodes().join("here");

    @Test
    void a_transition_that_conflicts_leaves_nothing_behind() {
        StoredOrder first = row("1", Optional.of("acme"));
        store.commit(Transition.insert(first));
        StoredOrder next = StoredOrder.of(first.order().withStatus(OrderStatus.CALLING, NOON), Optional.empty());
        store.commit(Transition.change(first, next));

        Transition late = Transition.change(
                        first, StoredOrder.of(first.order().withStatus(OrderStatus.CANCELLED, NOON), Optional.empty()))
                .with(attempt("a"))
                .with(new HistoryEntry(NOON, OrderStatus.CANCELLED, HistoryEntry.Cause.CANCELLED, "late"))
                .with(new OutboxEntry("e", OutboxEntry.Channel.WEBHOOK, NOON));

        assertThat(conflict(late)).isEqualTo(Reason.VERSION);
        assertThat(store.order(first.key())).contains(next);
        assertThat(store.attempts(first.key())).isEmpty();
        assertThat(store.history(first.key())).isEmpty();
        assertThat(store.outbox(first.key())).isEmpty();
        assertThat(store.liveAttempts(new TenantKey(Optional.of("acme"), "desk"), NOON))
                .isZero();
    }

    @Test
    void whoever_lost_the_order_cannot_write() {
        StoredOrder row = row("1", Optional.empty());
        store.commit(Transition.insert(row));
        StoredOrder dialled = touched(row);
        store.commit(Transition.change(row, dialled)
                .beginning(Beginning.of(node, NOON))
                .with(attempt("a")));
        StoredOrder taken = touched(dialled);
        store.commit(Transition.change(dialled, taken).claiming());

        Transition late = Transition.change(taken, touched(taken));
        assertThat(conflict(late.fenced(dialled.order().version()))).isEqualTo(Reason.FENCED);
        store.commit(late.fenced(taken.order().version()));
    }

    @Test
    void whoever_was_struck_off_begins_no_attempt() {
        StoredOrder row = row("1", Optional.empty());
        store.commit(Transition.insert(row));
        assertThat(store.nodes().expel(node, 0)).isTrue();

        Transition begin = Transition.change(row, touched(row)).beginning(Beginning.of(node, NOON));
        assertThat(conflict(begin)).isEqualTo(Reason.FENCED);
    }

    private static StoredOrder touched(StoredOrder row) {
        return row.with(row.order().touched(NOON));
    }

    @Test
    void tenants_do_not_see_each_other() {
        StoredOrder acme = row("1", Optional.of("acme"));
        StoredOrder other = row("1", Optional.of("other"));
        store.commit(Transition.insert(acme));
        store.commit(Transition.insert(other));
        store.commit(Transition.change(acme, touched(acme)).with(attempt("a")));

        assertThat(store.attempts(acme.key())).hasSize(1);
        assertThat(store.attempts(other.key())).isEmpty();
        assertThat(store.order(new OrderKey(Optional.empty(), "1"))).isEmpty();
        assertThat(store.liveAttempts(new TenantKey(Optional.of("acme"), "desk"), NOON))
                .isEqualTo(1);
        assertThat(store.liveAttempts(new TenantKey(Optional.of("other"), "desk"), NOON))
                .isZero();
        assertThat(conflict(Transition.insert(row("2", Optional.of("acme"))))).isEqualTo(Reason.IDEMPOTENCY_KEY);
    }

    @Test
    void jobs_of_transitions_are_delivered_once_and_replaced_by_newer_ones() {
        ManualTime time = ManualTime.startingAt(NOON);
        List<Job> delivered = new ArrayList<>();
        OrderKey key = new OrderKey(Optional.empty(), "1");
        store.jobs().schedule(Job.attempt(key, NOON.plusSeconds(5)));
        store.jobs().start(time, delivered::add);
        Job later = Job.attempt(key, NOON.plus(Duration.ofDays(90)));
        store.jobs().schedule(later);
        time.advance(Duration.ofDays(89));
        assertThat(delivered).isEmpty();
        time.advance(Duration.ofDays(2));
        assertThat(delivered).containsExactly(later);

        store.jobs().schedule(Job.attempt(key, NOON.plus(Duration.ofDays(100))));
        store.jobs().close();
        time.advance(Duration.ofDays(30));
        assertThat(delivered).hasSize(1);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_question_by_a_clock_that_is_ahead_frees_no_slot_for_the_others() {
        StoredOrder row = row("1", Optional.empty());
        TenantKey desk = new TenantKey(Optional.empty(), "desk");
        store.commit(Transition.insert(row));
        StoredAttempt live = attempt("a");
        StoredAttempt lost = live.lost(Settlement.engineLost(live.attempt(), NOON), NOON.plusSeconds(600));
        store.commit(Transition.change(row, touched(row)).with(lost));

        assertThat(store.liveAttempts(desk, NOON.plus(Duration.ofHours(1)))).isZero();
        assertThat(store.liveAttempts(desk, NOON.plusSeconds(599))).isEqualTo(1);
    }

    @Test
    void a_beginning_by_a_clock_that_is_ahead_does_not_stop_the_line_until_then() {
        begin("acme", NOON.plus(Duration.ofHours(1)));
        begin("other", NOON);
        assertThat(catchThrowableOfType(StoreConflictException.class, () -> begin("third", NOON.plusMillis(999)))
                        .reason())
                .isEqualTo(Reason.LINE);
        begin("fourth", NOON.plusSeconds(1));
    }

    private void begin(String tenant, Instant now) {
        StoredOrder row = row("1", Optional.of(tenant));
        store.commit(Transition.insert(row));
        Beginning.LineBudget budget = new Beginning.LineBudget("trunk", 0, Duration.ofSeconds(1));
        store.commit(Transition.change(row, touched(row))
                .beginning(new Beginning(node, Optional.empty(), Optional.of(budget), now)));
    }

    private Reason conflict(Transition transition) {
        return catchThrowableOfType(StoreConflictException.class, () -> store.commit(transition))
                .reason();
    }

    private StoredAttempt attempt(String id) {
        return StoredAttempt.of(CallAttempt.queued(id, Fixtures.DANA, NOON), node, Optional.empty());
    }

    private static StoredOrder row(String id, Optional<String> tenant) {
        var builder = CallOrder.to(Fixtures.DANA).concurrency("desk", 1).idempotencyKey("key");
        tenant.ifPresent(builder::organization);
        return StoredOrder.of(
                PlacedOrder.accepted(builder.build(), id, Fixtures.assistant(), RecipientZones.of(Fixtures.DANA), NOON),
                Optional.of(NOON));
    }
}
