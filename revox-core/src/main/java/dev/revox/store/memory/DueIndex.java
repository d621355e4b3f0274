package dev.revox.store.memory;

import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.store.StoredOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Orders in the order in which they are, or became, due: those that wait for an instant, and those that are queued, by
 * concurrency key.
 *
 * <p><b>Thread:</b> guarded by the tables' lock.
 */
final class DueIndex {
    private static final Comparator<Entry> BY_DUE = Comparator.comparing(Entry::due)
            .thenComparing(entry -> entry.order().id())
            .thenComparing(entry -> entry.order().tenant().orElse(""));

    private record Entry(Instant due, OrderKey order, long max) {}

    private final NavigableSet<Entry> waiting = new TreeSet<>(BY_DUE);
    private final NavigableSet<Entry> queuedFreely = new TreeSet<>(BY_DUE);
    private final Map<TenantKey, NavigableSet<Entry>> queuedByKey = new HashMap<>();

    void replace(@Nullable StoredOrder before, StoredOrder after) {
        if (before != null) {
            place(before).ifPresent(set -> remove(before, set));
        }
        place(after).ifPresent(set -> set.add(entry(after)));
    }

    private void remove(StoredOrder before, NavigableSet<Entry> set) {
        set.remove(entry(before));
        if (set.isEmpty()) {
            concurrencyKey(before.order()).ifPresent(key -> queuedByKey.remove(key, set));
        }
    }

    private Optional<NavigableSet<Entry>> place(StoredOrder row) {
        PlacedOrder order = row.order();
        if (order.paused() || order.settled() || row.dueAt().isEmpty()) {
            return Optional.empty();
        }
        if (order.status() != OrderStatus.QUEUED_FOR_CALLING) {
            return order.status() == OrderStatus.CALLING ? Optional.empty() : Optional.of(waiting);
        }
        return Optional.of(concurrencyKey(order)
                .map(key -> queuedByKey.computeIfAbsent(key, unused -> new TreeSet<>(BY_DUE)))
                .orElse(queuedFreely));
    }

    private static Entry entry(StoredOrder row) {
        return new Entry(
                row.dueAt().orElseThrow(),
                row.key(),
                row.order().concurrency().map(ConcurrencyLimit::max).orElse(0));
    }

    static Optional<TenantKey> concurrencyKey(PlacedOrder order) {
        return order.concurrency().map(limit -> new TenantKey(order.organizationId(), limit.key()));
    }

    List<OrderKey> overdue(Instant until, int most) {
        return waiting.stream()
                .takeWhile(entry -> !entry.due().isAfter(until))
                .limit(most)
                .map(Entry::order)
                .toList();
    }

    /** True when no other queued order of a key became due before this one. */
    boolean isFirst(TenantKey key, StoredOrder row) {
        NavigableSet<Entry> queue = queuedByKey.get(key);
        Entry own = new Entry(row.dueAt().orElse(Instant.MAX), row.key(), 0);
        return queue == null || queue.isEmpty() || BY_DUE.compare(own, queue.first()) <= 0;
    }

    /** @param hasSlot whether a key has fewer live attempts than this limit */
    List<OrderKey> dialable(SlotQuestion hasSlot, int most) {
        if (queuedFreely.isEmpty() && queuedByKey.isEmpty()) {
            // Every engine asks every second, and mostly nobody waits.
            return List.of();
        }
        List<Entry> candidates = new ArrayList<>();
        queuedFreely.stream().limit(most).forEach(candidates::add);
        queuedByKey.forEach((key, queue) -> {
            Entry first = queue.first();
            if (hasSlot.isFree(key, first.max())) {
                candidates.add(first);
            }
        });
        return candidates.stream().sorted(BY_DUE).limit(most).map(Entry::order).toList();
    }

    /** Whether a key has fewer live attempts than a limit. */
    @FunctionalInterface
    interface SlotQuestion {
        boolean isFree(TenantKey key, long max);
    }
}
