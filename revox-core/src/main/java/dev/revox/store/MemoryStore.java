package dev.revox.store;

import dev.revox.job.JobScheduler;
import dev.revox.job.MemoryJobs;
import dev.revox.order.OrderKey;
import dev.revox.order.TenantKey;
import dev.revox.store.StoreConflictException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store that forgets everything when the process ends, and keeps everything until then: for trying out and for tests.
 *
 * <p><b>Thread:</b> Thread-safe; one lock, and nothing is waited for inside it.
 */
public final class MemoryStore implements EngineStore {
    private static final class Row {
        private @Nullable StoredOrder order;
        private long fencingToken;
        private final Map<String, StoredAttempt> attempts = new LinkedHashMap<>();
        private final List<HistoryEntry> history = new ArrayList<>();
        private final List<OutboxEntry> outbox = new ArrayList<>();
    }

    private record LiveAttempt(OrderKey order, String attemptId) {}

    private final Map<OrderKey, Row> rows = new HashMap<>();
    private final Map<TenantKey, OrderKey> byIdempotencyKey = new HashMap<>();
    private final Map<TenantKey, Set<LiveAttempt>> live = new HashMap<>();
    private final Set<OrderKey> unfinished = new LinkedHashSet<>();
    private final MemoryJobs jobs = new MemoryJobs();

    @Override
    public synchronized void commit(Transition transition) {
        Row row = rows.get(transition.key());
        check(transition, row);
        Row target = row == null ? new Row() : row;
        rows.put(transition.key(), target);
        target.order = transition.order();
        for (StoredAttempt attempt : transition.attempts()) {
            target.attempts.put(attempt.attempt().id(), attempt);
            countLive(transition.order(), attempt);
        }
        target.history.addAll(transition.events());
        target.outbox.addAll(transition.outbox());
        idempotencyKey(transition.order()).ifPresent(key -> byIdempotencyKey.put(key, transition.key()));
        boolean pending = target.attempts.values().stream()
                .anyMatch(attempt -> attempt.analysis() == StoredAttempt.AnalysisState.PENDING
                        || !attempt.attempt().ended());
        if (transition.order().order().settled() && !pending) {
            unfinished.remove(transition.key());
        } else {
            unfinished.add(transition.key());
        }
        transition.jobs().forEach(jobs::schedule);
    }

    private void check(Transition transition, @Nullable Row row) {
        StoredOrder stored = row == null ? null : row.order;
        long version = stored == null ? Transition.NEW_ORDER : stored.order().version();
        if (version != transition.expectedVersion()) {
            throw new StoreConflictException(
                    Reason.VERSION,
                    "order " + transition.key().id() + " is at version " + version + ", expected "
                            + transition.expectedVersion());
        }
        if (row != null
                && transition.fencingToken() != Transition.UNFENCED
                && transition.fencingToken() < row.fencingToken) {
            throw new StoreConflictException(
                    Reason.FENCED, "order " + transition.key().id() + " was claimed by another engine");
        }
        if (stored == null
                && idempotencyKey(transition.order())
                        .map(byIdempotencyKey::containsKey)
                        .orElse(false)) {
            throw new StoreConflictException(
                    Reason.IDEMPOTENCY_KEY, "another order was placed with the same idempotency key");
        }
    }

    private void countLive(StoredOrder order, StoredAttempt attempt) {
        order.order().concurrency().ifPresent(limit -> {
            TenantKey key = new TenantKey(order.order().organizationId(), limit.key());
            LiveAttempt one = new LiveAttempt(order.key(), attempt.attempt().id());
            Set<LiveAttempt> all = live.computeIfAbsent(key, unused -> new LinkedHashSet<>());
            if (attempt.attempt().ended()) {
                all.remove(one);
            } else {
                all.add(one);
            }
            if (all.isEmpty()) {
                live.remove(key);
            }
        });
    }

    private static Optional<TenantKey> idempotencyKey(StoredOrder order) {
        return order.order()
                .idempotencyKey()
                .map(key -> new TenantKey(order.order().organizationId(), key));
    }

    @Override
    public synchronized long claim(OrderKey key) {
        Row row = rows.get(key);
        if (row == null) {
            throw new StoreConflictException(Reason.VERSION, "there is no order " + key.id());
        }
        return ++row.fencingToken;
    }

    @Override
    public synchronized Optional<StoredOrder> order(OrderKey key) {
        return Optional.ofNullable(rows.get(key)).flatMap(row -> Optional.ofNullable(row.order));
    }

    @Override
    public synchronized Optional<StoredOrder> orderByIdempotencyKey(TenantKey key) {
        return Optional.ofNullable(byIdempotencyKey.get(key)).flatMap(this::order);
    }

    @Override
    public synchronized List<StoredAttempt> attempts(OrderKey key) {
        Row row = rows.get(key);
        return row == null ? List.of() : List.copyOf(row.attempts.values()).reversed();
    }

    @Override
    public synchronized List<HistoryEntry> history(OrderKey key) {
        Row row = rows.get(key);
        return row == null ? List.of() : List.copyOf(row.history);
    }

    @Override
    public synchronized List<OutboxEntry> outbox(OrderKey key) {
        Row row = rows.get(key);
        return row == null ? List.of() : List.copyOf(row.outbox);
    }

    @Override
    public synchronized int liveAttempts(TenantKey concurrencyKey) {
        return live.getOrDefault(concurrencyKey, Set.of()).size();
    }

    @Override
    public synchronized List<OrderKey> unfinished() {
        return List.copyOf(unfinished);
    }

    @Override
    public JobScheduler jobs() {
        return jobs;
    }

    @Override
    public void close() {
        jobs.close();
    }
}
