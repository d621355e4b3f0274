package dev.revox.http;

import dev.revox.RevoxException;

/** A request that got no usable reply. Its message names neither URL nor content. <b>Thread:</b> Immutable. */
public final class HttpException extends RevoxException {

    private static final long serialVersionUID = 1L;

    /** What kept the reply away. */
    public enum Reason {
        /** The guard does not let requests go there. */
        FORBIDDEN_TARGET(false),
        /** The URL, a header or the reply is not HTTP. */
        MALFORMED(false),
        /** A limit of size or of redirects was passed. */
        TOO_MUCH(false),
        /** The host is not known, does not answer or went away. */
        UNREACHABLE(true),
        /** Not done within its deadline. */
        DEADLINE(true);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Reason reason;

    HttpException(Reason reason, String message) {
        super(message, reason.retryable);
        this.reason = reason;
    }

    HttpException(Reason reason, String message, Throwable cause) {
        super(message, cause, reason.retryable);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
