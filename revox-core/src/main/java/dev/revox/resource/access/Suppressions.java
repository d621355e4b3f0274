package dev.revox.resource.access;

import dev.revox.phone.PhoneNumber;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.Page;
import dev.revox.resource.SuppressionEntry;
import dev.revox.resource.SuppressionStore;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tenant's list of numbers that must not be called. Whoever says on a call that they want no more of them comes onto it by
 * itself, in the transaction that stores the outcome.
 *
 * <p>Every method blocks on the store.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Suppressions {
    private final SuppressionStore store;
    private final TimeSource time;
    private final Optional<String> tenant;

    Suppressions(SuppressionStore store, TimeSource time, Optional<String> tenant) {
        this.store = store;
        this.time = time;
        this.tenant = tenant;
    }

    /**
     * Adds a number; one that is on the list already keeps its entry.
     *
     * @param number as people write it
     * @return false when it was there already
     * @throws InvalidResourceException when it cannot be read
     */
    public boolean add(String number, String reason) {
        return store.add(List.of(entry(OwnNumbers.read(number), reason))) == 1;
    }

    /**
     * Adds many numbers, read a batch at a time.
     *
     * @return how many were not there before
     */
    public long addAll(Stream<PhoneNumber> numbers, String reason) {
        long added = 0;
        Iterator<PhoneNumber> rest = numbers.iterator();
        List<SuppressionEntry> batch = new ArrayList<>();
        while (rest.hasNext()) {
            batch.add(entry(rest.next(), reason));
            if (batch.size() == Page.LARGEST || !rest.hasNext()) {
                added += store.add(batch);
                batch.clear();
            }
        }
        return added;
    }

    /** The entry of a number, when it must not be called. */
    public Optional<SuppressionEntry> find(PhoneNumber number) {
        return store.find(tenant, number);
    }

    /** False when the number is not on the list. */
    public boolean remove(PhoneNumber number) {
        return store.remove(tenant, number);
    }

    /**
     * A page of the list, in the order of the digits.
     *
     * @param after the {@code next} of the page before
     * @param limit 1..{@value Page#LARGEST}
     */
    public Page<SuppressionEntry> list(Optional<String> after, int limit) {
        return store.list(tenant, after, Page.checked(limit));
    }

    private SuppressionEntry entry(PhoneNumber number, String reason) {
        return new SuppressionEntry(tenant, number, reason, time.instant(), Optional.empty());
    }
}
