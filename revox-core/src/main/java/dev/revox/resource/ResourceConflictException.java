package dev.revox.resource;

import dev.revox.RevoxException;

/** A change of a resource that somebody else has changed, created or deleted since. <b>Thread:</b> Immutable. */
public final class ResourceConflictException extends RevoxException {
    private static final long serialVersionUID = 1L;

    public ResourceConflictException(String message) {
        super(message, false);
    }
}
