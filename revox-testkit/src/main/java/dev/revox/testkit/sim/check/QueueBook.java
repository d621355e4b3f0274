package dev.revox.testkit.sim.check;

import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.store.StoredOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits under which concurrency key, in the order of becoming due.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class QueueBook {
    private record Waiting(Instant due, String id) {}

    private static final Comparator<Waiting> FIRST_DUE =
            Comparator.comparing(Waiting::due).thenComparing(Waiting::id);

    private final Map<TenantKey, NavigableSet<Waiting>> queues = new HashMap<>();

    static Optional<TenantKey> key(StoredOrder row) {
        return row.order().concurrency().map(limit -> new TenantKey(row.order().organizationId(), limit.key()));
    }

    void replace(@Nullable StoredOrder before, StoredOrder after) {
        if (before != null) {
            place(before)
                    .ifPresent(
                            waiting -> key(before).ifPresent(key -> queue(key).remove(waiting)));
        }
        place(after).ifPresent(waiting -> key(after).ifPresent(key -> queue(key).add(waiting)));
    }

    private static Optional<Waiting> place(StoredOrder row) {
        return row.order().status() == OrderStatus.QUEUED_FOR_CALLING
                        && !row.order().paused()
                ? row.dueAt().map(due -> new Waiting(due, row.key().id()))
                : Optional.empty();
    }

    private NavigableSet<Waiting> queue(TenantKey key) {
        return queues.computeIfAbsent(key, unused -> new TreeSet<>(FIRST_DUE));
    }

    /** The id of the order that must go first, if any waits. */
    Optional<String> first(TenantKey key) {
        NavigableSet<Waiting> queue = queue(key);
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().id());
    }
}
