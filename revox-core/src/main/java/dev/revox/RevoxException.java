package dev.revox;

/**
 * The root of every exception that Revox throws on purpose: misuse, defects and providers, never an expected end of a call.
 *
 * <p><b>Thread:</b> Immutable.
 */
public class RevoxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public RevoxException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    public RevoxException(String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** True when the same request may succeed later without a change. */
    public boolean retryable() {
        return retryable;
    }
}
