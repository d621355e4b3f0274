package dev.revox.testkit.sim.check;

import dev.revox.attempt.DialError;
import dev.revox.order.PlacedOrder;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order as the acknowledged changes made it. <b>Thread:</b> Confined to the thread that drives the world. */
final class OrderTrace {
    /** As it was when it was accepted: what was promised then holds to the end. */
    final PlacedOrder accepted;

    @Nullable
    StoredOrder row;

    final Map<String, StoredAttempt> attempts = new LinkedHashMap<>();

    OrderTrace(PlacedOrder accepted) {
        this.accepted = accepted;
    }

    /** Attempts that count against the maximum. */
    long counted() {
        return attempts.values().stream()
                .filter(stored -> !refusedForLoad(stored))
                .count();
    }

    static boolean refusedForLoad(StoredAttempt stored) {
        return stored.attempt().dialError().equals(Optional.of(DialError.TOO_MANY_CALLS));
    }

    List<StoredAttempt> holding(Instant now) {
        return attempts.values().stream()
                .filter(stored -> stored.holdsSlot(now))
                .toList();
    }
}
