package dev.revox.store.memory;

import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OrderPage;
import dev.revox.store.OutboxEntry;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.memory.campaign.MemoryCampaigns;
import dev.revox.store.memory.resource.MemoryResources;
import dev.revox.store.node.NodeId;
import dev.revox.store.search.OrderQuery;
import java.time.Instant;
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
 * What all engines on a store in memory share.
 *
 * <p><b>Thread:</b> Thread-safe; one lock.
 */
final class MemoryTables {
    private final Map<OrderKey, MemoryRow> rows = new HashMap<>();
    private final Map<TenantKey, OrderKey> byIdempotencyKey = new HashMap<>();
    private final Map<String, OwnedAttempt> live = new LinkedHashMap<>();
    private final Map<TenantKey, List<Instant>> startsByNumber = new HashMap<>();
    private final Set<OrderKey> unreported = new LinkedHashSet<>();
    private final DueIndex due = new DueIndex();
    private final Slots slots = new Slots();
    private final OrderList list = new OrderList();
    final MemoryNodes nodes = new MemoryNodes();
    final SharedJobs jobs = new SharedJobs();
    final MemoryResources resources = new MemoryResources();
    final MemoryCampaigns campaigns = new MemoryCampaigns(this);

    void commit(Transition transition) {
        store(transition);
        transition.jobs().forEach(jobs::schedule);
    }

    private synchronized void store(Transition transition) {
        MemoryRow known = rows.get(transition.key());
        check(transition, known);
        MemoryRow row = known == null ? new MemoryRow(transition.order()) : known;
        due.replace(known == null ? null : known.order, transition.order());
        row.order = transition.order();
        if (known == null) {
            rows.put(transition.key(), row);
            idempotencyKey(transition.order()).ifPresent(key -> byIdempotencyKey.put(key, transition.key()));
            list.add(transition.order().order());
        }
        if (transition.claims()) {
            row.fence = transition.token();
        }
        transition.beginning().ifPresent(slots::begun);
        for (StoredAttempt attempt : transition.attempts()) {
            put(row, attempt);
        }
        row.history.addAll(transition.events());
        row.outbox.addAll(transition.outbox());
        campaigns.apply(transition);
        int unused = resources.suppressions().add(transition.suppressions());
        if (transition.order().order().settled() && !transition.order().reported()) {
            unreported.add(transition.key());
        } else {
            unreported.remove(transition.key());
        }
    }

    private void put(MemoryRow row, StoredAttempt attempt) {
        String id = attempt.attempt().id();
        boolean isNew = row.attempts.put(id, attempt) == null;
        if (isNew) {
            attempt.attempt()
                    .startedAt()
                    .ifPresent(start -> startsByNumber
                            .computeIfAbsent(number(row.order), unused -> new ArrayList<>(2))
                            .add(start));
        }
        if (attempt.attempt().ended()) {
            live.remove(id);
        } else {
            attempt.owner().ifPresent(owner -> live.put(id, new OwnedAttempt(row.order.key(), id, owner)));
        }
        slots.put(row.order, attempt);
    }

    private static TenantKey number(StoredOrder row) {
        return new TenantKey(row.order().organizationId(), row.order().to().e164());
    }

    private void check(Transition transition, @Nullable MemoryRow row) {
        String id = transition.key().id();
        long version = row == null ? Transition.NEW_ORDER : row.order.order().version();
        if (version != transition.expectedVersion()) {
            throw new StoreConflictException(
                    Reason.VERSION,
                    "order " + id + " is at version " + version + ", expected " + transition.expectedVersion());
        }
        if (row != null && transition.fencingToken() != Transition.UNFENCED && transition.fencingToken() < row.fence) {
            throw new StoreConflictException(Reason.FENCED, "order " + id + " was taken over by another engine");
        }
        if (row == null
                && idempotencyKey(transition.order())
                        .map(byIdempotencyKey::containsKey)
                        .orElse(false)) {
            throw new StoreConflictException(
                    Reason.IDEMPOTENCY_KEY, "another order was placed with the same idempotency key");
        }
        campaigns.check(transition);
        transition.beginning().ifPresent(beginning -> {
            if (!nodes.contains(beginning.node())) {
                throw new StoreConflictException(
                        Reason.FENCED, "this engine is not registered any more and may begin no attempt");
            }
            if (row != null) {
                slots.check(beginning, row.order, due);
            }
        });
    }

    private static Optional<TenantKey> idempotencyKey(StoredOrder order) {
        return order.order()
                .idempotencyKey()
                .map(key -> new TenantKey(order.order().organizationId(), key));
    }

    synchronized Optional<StoredOrder> order(OrderKey key) {
        return Optional.ofNullable(rows.get(key)).map(row -> row.order);
    }

    synchronized Optional<StoredOrder> orderByIdempotencyKey(TenantKey key) {
        return Optional.ofNullable(byIdempotencyKey.get(key)).flatMap(this::order);
    }

    synchronized List<StoredAttempt> attempts(OrderKey key) {
        MemoryRow row = rows.get(key);
        return row == null || row.attempts.isEmpty()
                ? List.of()
                : List.copyOf(row.attempts.values()).reversed();
    }

    synchronized List<HistoryEntry> history(OrderKey key) {
        MemoryRow row = rows.get(key);
        return row == null ? List.of() : List.copyOf(row.history);
    }

    synchronized List<OutboxEntry> outbox(OrderKey key) {
        MemoryRow row = rows.get(key);
        return row == null ? List.of() : List.copyOf(row.outbox);
    }

    synchronized int liveAttempts(TenantKey concurrencyKey, Instant now) {
        return slots.live(concurrencyKey, now);
    }

    synchronized List<OrderKey> dialable(Instant now, int most) {
        return due.dialable((key, max) -> slots.live(key, now) < max, most);
    }

    synchronized List<OrderKey> overdue(Instant until, int most) {
        return due.overdue(until, most);
    }

    synchronized List<OrderKey> unreported(Instant settledBefore, int most) {
        return unreported.stream()
                .filter(key -> order(key)
                        .filter(row -> row.order().updatedAt().isBefore(settledBefore))
                        .isPresent())
                .limit(most)
                .toList();
    }

    synchronized List<OwnedAttempt> orphans(int most) {
        return live.values().stream()
                .filter(attempt -> !nodes.contains(attempt.owner()))
                .limit(most)
                .toList();
    }

    synchronized List<OwnedAttempt> held(NodeId owner) {
        return live.values().stream()
                .filter(attempt -> attempt.owner().equals(owner))
                .toList();
    }

    synchronized List<OwnedAttempt> cancelled(NodeId owner) {
        return held(owner).stream()
                .filter(attempt -> order(attempt.order())
                        .filter(row -> row.order().status() == OrderStatus.CANCELLED)
                        .isPresent())
                .toList();
    }

    synchronized List<Instant> attemptStarts(TenantKey number, Instant since) {
        return startsByNumber.getOrDefault(number, List.of()).stream()
                .filter(start -> !start.isBefore(since))
                .sorted()
                .toList();
    }

    synchronized OrderPage search(OrderQuery query) {
        return list.search(query, key -> order(key).orElseThrow());
    }
}
