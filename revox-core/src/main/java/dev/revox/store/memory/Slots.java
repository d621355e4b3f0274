package dev.revox.store.memory;

import dev.revox.order.TenantKey;
import dev.revox.store.Beginning;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that take up a slot of a concurrency key or a channel of a line.
 *
 * <p><b>Thread:</b> guarded by the tables' lock.
 */
final class Slots {
    /** By attempt id, until when: {@link Instant#MAX} for a live one. */
    private final Map<TenantKey, Map<String, Instant>> byKey = new HashMap<>();

    private final Map<String, Map<String, Instant>> byLine = new HashMap<>();
    private final Map<String, Instant> lineFreeAt = new HashMap<>();

    void put(StoredOrder order, StoredAttempt attempt) {
        DueIndex.concurrencyKey(order.order()).ifPresent(key -> put(byKey, key, attempt));
        attempt.line().ifPresent(line -> put(byLine, line, attempt));
    }

    private static <K> void put(Map<K, Map<String, Instant>> all, K key, StoredAttempt attempt) {
        Optional<Instant> until = attempt.attempt().ended() ? attempt.holdsUntil() : Optional.of(Instant.MAX);
        String id = attempt.attempt().id();
        Map<String, Instant> holders = all.computeIfAbsent(key, unused -> new HashMap<>(4));
        until.ifPresentOrElse(instant -> holders.put(id, instant), () -> holders.remove(id));
        if (holders.isEmpty()) {
            all.remove(key);
        }
    }

    int live(TenantKey key, Instant now) {
        return live(byKey.get(key), now);
    }

    private static int live(@Nullable Map<String, Instant> holders, Instant now) {
        if (holders == null) {
            return 0;
        }
        holders.values().removeIf(until -> !until.isAfter(now));
        return holders.size();
    }

    void check(Beginning beginning, StoredOrder before, DueIndex due) {
        beginning.slot().ifPresent(slot -> {
            if (live(slot.key(), beginning.now()) >= slot.max() || !due.isFirst(slot.key(), before)) {
                throw new StoreConflictException(
                        Reason.SLOT, "order " + before.key().id() + " must wait for a slot of its concurrency key");
            }
        });
        beginning.budget().ifPresent(budget -> {
            boolean full =
                    budget.maxCalls() > 0 && live(byLine.get(budget.line()), beginning.now()) >= budget.maxCalls();
            boolean tooSoon = beginning.now().isBefore(lineFreeAt.getOrDefault(budget.line(), Instant.MIN));
            if (full || tooSoon) {
                throw new StoreConflictException(
                        Reason.LINE,
                        "line " + budget.line()
                                + (full ? " carries all the calls it can" : " began a call a moment ago"));
            }
        });
    }

    void begun(Beginning beginning) {
        beginning.budget().filter(budget -> !budget.spacing().isZero()).ifPresent(budget -> {
            Instant earliest = lineFreeAt.getOrDefault(budget.line(), Instant.MIN);
            Instant base = earliest.isAfter(beginning.now()) ? earliest : beginning.now();
            lineFreeAt.put(budget.line(), base.plus(budget.spacing()));
        });
    }
}
