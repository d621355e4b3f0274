package dev.revox.store.memory;

import dev.revox.order.TenantKey;
import dev.revox.store.Beginning;
import dev.revox.store.Beginning.LineBudget;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Duration;
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
    /** By which one engine's beginning may come after another's that read the clock later. */
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(1);

    /** Between the clocks of two engines. */
    private static final Duration LARGEST_DIFFERENCE = Duration.ofDays(1);

    /** By attempt id, until when: {@link Instant#MAX} for a live one. */
    private final Map<TenantKey, Map<String, Instant>> byKey = new HashMap<>();

    private final Map<String, Map<String, Instant>> byLine = new HashMap<>();
    private final Map<String, Instant> lastBegun = new HashMap<>();

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
        // Whoever asks may have a clock that is ahead: what is over for it is not forgotten for the others.
        holders.values().removeIf(until -> until.isBefore(now.minus(LARGEST_DIFFERENCE)));
        return (int)
                holders.values().stream().filter(until -> until.isAfter(now)).count();
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
            boolean tooSoon = tooSoon(budget, beginning.now());
            if (full || tooSoon) {
                throw new StoreConflictException(
                        Reason.LINE,
                        "line " + budget.line()
                                + (full ? " carries all the calls it can" : " began a call a moment ago"));
            }
        });
    }

    /** A beginning far in the future was noted by a clock that is ahead: it must not stop the line until then. */
    private boolean tooSoon(LineBudget budget, Instant now) {
        Instant last = lastBegun.get(budget.line());
        return last != null && now.isBefore(last.plus(budget.spacing())) && now.isAfter(last.minus(LONGEST_COMMIT));
    }

    void begun(Beginning beginning) {
        beginning.budget().ifPresent(budget -> lastBegun.put(budget.line(), beginning.now()));
    }
}
