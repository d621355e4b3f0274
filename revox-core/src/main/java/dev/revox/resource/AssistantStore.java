package dev.revox.resource;

import java.util.Optional;

/** Stored assistants, by tenant and id. <b>Thread:</b> Thread-safe. */
public interface AssistantStore {
    /**
     * Adds an assistant, of version 0.
     *
     * @throws ResourceConflictException when its tenant has one of this id
     */
    void insert(StoredAssistant assistant);

    Optional<StoredAssistant> find(Optional<String> tenant, String id);

    /**
     * Replaces an assistant whole, its FAQ items included, if the stored one is of the version before.
     *
     * @throws ResourceConflictException when it is not, or is gone
     */
    void update(StoredAssistant changed);

    /** False when there is none. Orders keep their own copy. */
    boolean delete(Optional<String> tenant, String id);

    /** A tenant's assistants by id, which is in the order of their creation. */
    Page<StoredAssistant> list(Optional<String> tenant, Optional<String> after, int limit);
}
