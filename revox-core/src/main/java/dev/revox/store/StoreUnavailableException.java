package dev.revox.store;

import dev.revox.RevoxException;

/**
 * A store that could not do what it was asked. Its message says what to do, and holds nothing of the rows.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class StoreUnavailableException extends RevoxException {
    private static final long serialVersionUID = 1L;

    /** Why it could not. */
    public enum Reason {
        /** Nobody answers, or no connection is free. */
        UNREACHABLE(true),
        /** It did not answer in time. */
        TIMEOUT(true),
        /** It takes no changes, as a standby does. */
        READ_ONLY(true),
        /** No room is left. */
        FULL(true),
        /** Others were in the way again and again. */
        CONTENTION(true),
        /** Its tables are missing or of another version. */
        SCHEMA(false),
        /** It refused the values or the statement. */
        REFUSED(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Reason reason;
    private final boolean outcomeUnknown;

    private StoreUnavailableException(Reason reason, String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause, reason.retryable);
        this.reason = reason;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Nothing was stored. */
    public static StoreUnavailableException of(Reason reason, String message, Throwable cause) {
        return new StoreUnavailableException(reason, message, cause, false);
    }

    /** The connection was lost during the commit: read the row to learn whether the change is there. */
    public static StoreUnavailableException duringCommit(Reason reason, String message, Throwable cause) {
        return new StoreUnavailableException(reason, message, cause, true);
    }

    public Reason reason() {
        return reason;
    }

    /** True when the change may have been stored all the same. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
