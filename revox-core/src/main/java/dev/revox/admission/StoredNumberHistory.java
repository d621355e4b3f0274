package dev.revox.admission;

import dev.revox.guard.NumberHistory;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.SuppressionEntry;
import dev.revox.store.EngineStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has happened to a number, as the store knows it.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the store.
 */
record StoredNumberHistory(EngineStore store) implements NumberHistory {
    @Override
    public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
        return store.attemptStarts(tenant, number, since);
    }

    /** Whoever said so on a call stands on the suppression list since then. */
    @Override
    public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
        return store.resources().suppressions().find(tenant, number).map(SuppressionEntry::since);
    }
}
