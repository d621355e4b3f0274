package dev.revox.testkit.sim.check;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.schedule.PlanRequest;
import dev.revox.store.Beginning;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model of the rows, made from every change that the store has acknowledged, and the rules that each change must keep.
 *
 * <p>It compares recorded instants with recorded instants only, so a node's wrong clock is no excuse.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class RowChecks {
    private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(500);
    private static final Duration CERTAINTY_MARGIN = Duration.ofSeconds(60);

    private final Journal journal;
    private final Function<PlacedOrder, List<ZoneId>> zones;
    private final Duration ringTimeout;
    private final Map<OrderKey, OrderTrace> traces = new LinkedHashMap<>();
    private final Map<String, OrderTrace> byId = new HashMap<>();
    private final Map<TenantKey, OrderKey> byIdempotencyKey = new HashMap<>();
    private final QueueBook queues = new QueueBook();
    private final SlotBook<TenantKey> keys = new SlotBook<>();
    private final SlotBook<String> lines = new SlotBook<>();
    private final Map<String, Instant> lastBeginning = new HashMap<>();

    /** @param zones the zones that decide for an order's recipient */
    public RowChecks(Journal journal, Function<PlacedOrder, List<ZoneId>> zones, Duration ringTimeout) {
        this.journal = journal;
        this.zones = zones;
        this.ringTimeout = ringTimeout;
    }

    /** The store has acknowledged a change, or has made it and lost the acknowledgement. */
    public void committed(String node, Transition change) {
        OrderKey key = change.key();
        OrderTrace trace = traces.computeIfAbsent(
                key, unused -> new OrderTrace(change.order().order()));
        byId.putIfAbsent(key.id(), trace);
        StoredOrder before = trace.row;
        StoredOrder after = change.order();
        note(node, change);
        long version = before == null ? Transition.NEW_ORDER : before.order().version();
        if (version != change.expectedVersion()) {
            broken(
                    Promise.NO_LOST_CHANGE,
                    key,
                    "version " + version + " was acknowledged, and a change of version " + change.expectedVersion()
                            + " was accepted");
        }
        if (before == null) {
            inserted(after);
        } else {
            changed(before, after);
        }
        change.beginning().ifPresent(beginning -> {
            begins(trace, after, beginning);
            beginning.budget().ifPresent(budget -> lastBeginning.put(budget.line(), beginning.now()));
        });
        queues.replace(before, after);
        trace.row = after;
        for (StoredAttempt attempt : change.attempts()) {
            trace.attempts.put(attempt.attempt().id(), attempt);
            QueueBook.key(after).ifPresent(name -> keys.put(name, attempt));
            attempt.line().ifPresent(line -> lines.put(line, attempt));
        }
    }

    /** A node was told for certain that a change was not made, and it was. */
    public void denied(String node, Transition change) {
        broken(
                Promise.NO_LOST_CHANGE,
                change.key(),
                node + " was told that version " + change.order().order().version() + " was not stored, and it was");
    }

    private void note(String node, Transition change) {
        StringBuilder line = new StringBuilder(node)
                .append(": ")
                .append(change.order().order().status().wireName())
                .append(change.order().order().paused() ? " paused" : "");
        change.order().dueAt().ifPresent(due -> line.append(" due ").append(due));
        change.events()
                .forEach(event -> line.append(" [")
                        .append(event.cause())
                        .append(": ")
                        .append(event.why())
                        .append(']'));
        change.attempts()
                .forEach(attempt -> line.append(" attempt ")
                        .append(attempt.attempt().id())
                        .append(' ')
                        .append(attempt.attempt().status()));
        journal.note(change.key().id(), line.toString());
    }

    private void inserted(StoredOrder row) {
        row.order().idempotencyKey().ifPresent(name -> {
            OrderKey earlier =
                    byIdempotencyKey.putIfAbsent(new TenantKey(row.order().organizationId(), name), row.key());
            if (earlier != null) {
                broken(Promise.SAME_KEY_SAME_ORDER, row.key(), "order " + earlier.id() + " has the same key");
            }
        });
    }

    private void changed(StoredOrder before, StoredOrder after) {
        OrderKey key = after.key();
        if (before.order().settled() && before.order().status() != after.order().status()) {
            broken(
                    Promise.FINAL_IS_FINAL,
                    key,
                    before.order().status() + " became " + after.order().status());
        }
        if (before.reported()
                && after.reported()
                && before.order().version() != after.order().version()) {
            broken(Promise.REPORTED_ONCE, key, "a reported order was changed");
        }
    }

    private void begins(OrderTrace trace, StoredOrder after, Beginning beginning) {
        StoredOrder before = trace.row;
        OrderKey key = after.key();
        Instant now = beginning.now();
        if (before == null) {
            return;
        }
        PlacedOrder order = before.order();
        if (order.paused() || order.settled() || order.status() == OrderStatus.CALLING) {
            broken(
                    Promise.FINAL_IS_FINAL,
                    key,
                    "an attempt begins of an order that is " + order.status() + (order.paused() ? " and paused" : ""));
        }
        trace.holding(now)
                .forEach(held -> broken(
                        Promise.ONE_CALL_AT_A_TIME,
                        key,
                        "an attempt begins at " + now + " while attempt "
                                + held.attempt().id() + " holds its slot"));
        if (trace.counted() >= trace.accepted.retryPolicy().maxAttempts()) {
            broken(
                    Promise.MAX_ATTEMPTS,
                    key,
                    "attempt " + (trace.counted() + 1) + " of "
                            + trace.accepted.retryPolicy().maxAttempts());
        }
        whenItBegins(trace, now);
        beginning.slot().ifPresent(slot -> slot(key, slot, now));
        beginning.budget().ifPresent(budget -> budget(key, budget, now));
        if (order.concurrency().isPresent() && beginning.slot().isEmpty()) {
            broken(Promise.KEY_LIMIT, key, "an attempt begins without asking for a slot of its key");
        }
    }

    private void whenItBegins(OrderTrace trace, Instant now) {
        PlacedOrder order = trace.accepted;
        OrderKey key = OrderKey.of(order);
        if (!mayRing(trace, now)) {
            broken(
                    Promise.WITHIN_WINDOW,
                    key,
                    "an attempt begins at " + now + ", which is outside of "
                            + order.retryPolicy().windows() + " on "
                            + order.retryPolicy().allowedDays() + " in " + zones.apply(order));
        }
        Instant earliest = earliest(trace);
        if (now.isBefore(earliest)) {
            broken(Promise.NOT_TOO_EARLY, key, "an attempt begins at " + now + ", and may not before " + earliest);
        }
    }

    private boolean mayRing(OrderTrace trace, Instant at) {
        PlacedOrder order = trace.accepted;
        boolean forced = order.forceNow()
                && !at.isAfter(firstDue(order).plus(PlanRequest.DEFAULT_FORCE_NOW_LAPSE))
                && trace.counted()
                        <= (trace.attempts.values().stream()
                                        .anyMatch(known -> !known.attempt().ended())
                                ? 1
                                : 0);
        return forced || WindowRule.callable(order.retryPolicy(), zones.apply(order), at);
    }

    /** Whether a telephone may ring for an order at an instant, its live attempt included. */
    boolean mayRing(String orderId, Instant at) {
        return Optional.ofNullable(byId.get(orderId))
                .map(trace -> mayRing(trace, at))
                .orElse(false);
    }

    private static Instant firstDue(PlacedOrder order) {
        return order.scheduledAt().filter(order.createdAt()::isBefore).orElse(order.createdAt());
    }

    private Instant earliest(OrderTrace trace) {
        PlacedOrder order = trace.accepted;
        Instant firstDue = firstDue(order);
        if (trace.attempts.isEmpty()) {
            return firstDue;
        }
        StoredAttempt last = new ArrayList<>(trace.attempts.values()).getLast();
        Instant ended = last.attempt().endedAt().orElse(firstDue);
        if (OrderTrace.refusedForLoad(last)) {
            return ended.plus(SHORTEST_BACK_OFF);
        }
        boolean lost = last.attempt().endReason().equals(Optional.of(EndReason.ENGINE_LOST));
        boolean human = last.attempt().result().equals(Optional.of(AnsweredBy.HUMAN));
        if (order.retryPolicy().callTwiceInARow() && trace.counted() == 1 && !lost && !human) {
            return ended;
        }
        Instant started = last.attempt().startedAt().orElse(ended);
        Instant afterDelay = ended.plus(WindowRule.retryDelay(order.retryPolicy(), zones.apply(order), started));
        Instant horizon = lost ? horizon(order, started) : afterDelay;
        return horizon.isAfter(afterDelay) ? horizon : afterDelay;
    }

    private Instant horizon(PlacedOrder order, Instant started) {
        return started.plus(ringTimeout)
                .plus(order.assistant().speaking().maxCallDuration())
                .plus(CERTAINTY_MARGIN);
    }

    private void slot(OrderKey key, Beginning.Slot slot, Instant now) {
        long live = keys.held(slot.key(), now);
        if (live >= slot.max()) {
            broken(Promise.KEY_LIMIT, key, live + " attempts of the key are live, and " + slot.max() + " may be");
        }
        Optional<String> first = queues.first(slot.key());
        if (first.isPresent() && !first.get().equals(key.id())) {
            broken(Promise.KEY_ORDER, key, "order " + first.get() + " became due earlier");
        }
    }

    private void budget(OrderKey key, Beginning.LineBudget budget, Instant now) {
        long live = lines.held(budget.line(), now);
        if (budget.maxCalls() > 0 && live >= budget.maxCalls()) {
            broken(Promise.LINE_CAPACITY, key, live + " attempts are live on a line of " + budget.maxCalls());
        }
        Instant last = lastBeginning.get(budget.line());
        if (last != null && now.isBefore(last.plus(budget.spacing())) && now.isAfter(last.minus(CERTAINTY_MARGIN))) {
            broken(Promise.LINE_PACE, key, "begins at " + now + ", the one before at " + last);
        }
    }

    /** The last acknowledged row of an order. */
    public Optional<StoredOrder> row(String orderId) {
        return Optional.ofNullable(byId.get(orderId)).flatMap(trace -> Optional.ofNullable(trace.row));
    }

    Optional<StoredAttempt> attempt(String orderId, String attemptId) {
        return Optional.ofNullable(byId.get(orderId))
                .flatMap(trace -> Optional.ofNullable(trace.attempts.get(attemptId)));
    }

    /** All rows, in the order in which they came. */
    public List<StoredOrder> rows() {
        List<StoredOrder> all = new ArrayList<>(traces.size());
        for (OrderTrace trace : traces.values()) {
            StoredOrder row = trace.row;
            if (row != null) {
                all.add(row);
            }
        }
        return all;
    }

    /** All attempts of an order, oldest first. */
    public List<StoredAttempt> attempts(OrderKey key) {
        OrderTrace trace = traces.get(key);
        return trace == null ? List.of() : List.copyOf(trace.attempts.values());
    }

    private void broken(Promise promise, OrderKey key, String what) {
        journal.broken(promise, key.id(), what);
    }
}
