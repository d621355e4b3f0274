package dev.revox.resource;

import dev.revox.phone.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** Numbers that must not be called, by tenant. <b>Thread:</b> Thread-safe. */
public interface SuppressionStore {
    /**
     * Adds numbers; one that is on the tenant's list keeps the entry it has.
     *
     * @param entries at most {@value Page#LARGEST}, of any tenants
     * @return how many were not there before
     */
    int add(List<SuppressionEntry> entries);

    Optional<SuppressionEntry> find(Optional<String> tenant, PhoneNumber number);

    /** False when the number is not on the list. */
    boolean remove(Optional<String> tenant, PhoneNumber number);

    /** A tenant's list in the order of the digits. */
    Page<SuppressionEntry> list(Optional<String> tenant, Optional<String> after, int limit);
}
