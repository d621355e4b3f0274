package dev.revox.resource;

import dev.revox.phone.PhoneNumber;
import java.util.Optional;

/** Our own telephone numbers. A number belongs to one tenant only, so that a call to it has one meaning. <b>Thread:</b> Thread-safe. */
public interface NumberStore {
    /**
     * Adds a number, of version 0.
     *
     * @throws ResourceConflictException when this or another tenant has it
     */
    void insert(OwnNumber number);

    Optional<OwnNumber> find(Optional<String> tenant, PhoneNumber number);

    /**
     * Replaces a number's entry, if the stored one is of the version before.
     *
     * @throws ResourceConflictException when it is not, or is gone
     */
    void update(OwnNumber changed);

    boolean delete(Optional<String> tenant, PhoneNumber number);

    /** A tenant's numbers in the order of their digits. */
    Page<OwnNumber> list(Optional<String> tenant, Optional<String> after, int limit);

    /** All tenants' numbers in the order of their digits. */
    Page<OwnNumber> all(Optional<String> after, int limit);
}
