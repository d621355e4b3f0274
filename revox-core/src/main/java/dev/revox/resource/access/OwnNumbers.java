package dev.revox.resource.access;

import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.ResourceStore;
import dev.revox.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/**
 * A tenant's own telephone numbers. Orders may show them as caller, and calls to one with an assistant are answered by it.
 *
 * <p>Every method blocks on the store.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OwnNumbers {
    private final ResourceStore store;
    private final TimeSource time;
    private final Optional<String> tenant;
    private final Runnable whenChanged;

    OwnNumbers(ResourceStore store, TimeSource time, Optional<String> tenant, Runnable whenChanged) {
        this.store = store;
        this.time = time;
        this.tenant = tenant;
        this.whenChanged = whenChanged;
    }

    /** Adds a number that takes no calls. */
    public OwnNumber create(String number) {
        return create(number, Optional.empty(), Optional.empty());
    }

    /**
     * Adds a number.
     *
     * @param number as people write it
     * @param name the host's word for it
     * @param inboundAssistantId a stored assistant of the tenant, which answers calls to it
     * @throws InvalidResourceException when the number cannot be read, or there is no such assistant
     * @throws ResourceConflictException when this or another tenant has the number
     */
    public OwnNumber create(String number, Optional<String> name, Optional<String> inboundAssistantId) {
        requireAssistant(inboundAssistantId);
        Instant now = time.instant();
        OwnNumber own = new OwnNumber(tenant, read(number), name, inboundAssistantId, now, now, 0);
        store.numbers().insert(own);
        whenChanged.run();
        return own;
    }

    public Optional<OwnNumber> get(PhoneNumber number) {
        return store.numbers().find(tenant, number);
    }

    /**
     * Changes what belongs to a number.
     *
     * @param known the number as it was read
     * @throws InvalidResourceException when there is no such assistant
     * @throws ResourceConflictException when it was changed or deleted since
     */
    public OwnNumber update(OwnNumber known, Optional<String> name, Optional<String> inboundAssistantId) {
        requireAssistant(inboundAssistantId);
        OwnNumber changed = known.changed(name, inboundAssistantId, time.instant());
        store.numbers().update(changed);
        whenChanged.run();
        return changed;
    }

    /** False when the tenant has no such number. */
    public boolean delete(PhoneNumber number) {
        boolean was = store.numbers().delete(tenant, number);
        whenChanged.run();
        return was;
    }

    /**
     * A page of all numbers, in the order of their digits.
     *
     * @param after the {@code next} of the page before
     * @param limit 1..{@value Page#LARGEST}
     */
    public Page<OwnNumber> list(Optional<String> after, int limit) {
        return store.numbers().list(tenant, after, Page.checked(limit));
    }

    private void requireAssistant(Optional<String> id) {
        if (id.isPresent() && store.assistants().find(tenant, id.get()).isEmpty()) {
            throw InvalidResourceException.of("inboundAssistantId", "names no stored assistant; save it first");
        }
    }

    static PhoneNumber read(String number) {
        try {
            return PhoneNumbers.parse(number);
        } catch (InvalidPhoneNumberException unreadable) {
            throw InvalidResourceException.of("number", String.valueOf(unreadable.getMessage()));
        }
    }
}
