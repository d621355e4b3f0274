package dev.revox.dispatch.desk;

import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ends of attempts made of their orders, where the store has not answered: the change may have come through, and others
 * may have gone on from there. Whoever asks again tells what this engine did, and not what others made of it since.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
final class UnansweredEnds {
    private final EngineStore store;
    private final Map<String, StoredOrder> unanswered = new HashMap<>();

    UnansweredEnds(EngineStore store) {
        this.store = store;
    }

    /** Stores an attempt's end, and remembers what it would have made of the order should the store not answer. */
    StoredOrder commit(String attemptId, Transition end) {
        StoredOrder next = end.order();
        try {
            store.commit(end);
        } catch (StoreConflictException refused) {
            throw refused;
        } catch (RuntimeException unknown) {
            unanswered.put(attemptId, next);
            throw unknown;
        }
        unanswered.remove(attemptId);
        return next;
    }

    /** What an end that has come through after all made of the order; asked once. */
    Optional<StoredOrder> take(String attemptId) {
        return Optional.ofNullable(unanswered.remove(attemptId));
    }
}
