package dev.revox.agent.stream;

import dev.revox.RevoxException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider refused, failed, or said something that is not its protocol. The message names the provider and what it
 * answered, never a key, a prompt or spoken words.
 */
public class ProviderException extends RevoxException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        /** The key is wrong or not allowed (401, 403). */
        AUTHENTICATION,
        /** Too many requests (429). */
        RATE_LIMIT,
        /** The request itself is wrong (other 4xx). */
        REJECTED,
        /** The provider broke (5xx). */
        SERVER,
        /** No connection, or it was cut. */
        CONNECTION,
        /** It went silent longer than its deadline. */
        STALL,
        /** It sent something that cannot be understood. */
        PROTOCOL
    }

    private final String provider;
    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public ProviderException(String provider, Kind kind, String message) {
        super(provider + ": " + message, retryable(kind));
        this.provider = provider;
        this.kind = kind;
        this.retryAfter = null;
    }

    public ProviderException(String provider, Kind kind, String message, Throwable cause) {
        super(provider + ": " + message, cause, retryable(kind));
        this.provider = provider;
        this.kind = kind;
        this.retryAfter = null;
    }

    /** A refusal that says when to come back. */
    public ProviderException(String provider, Kind kind, String message, Duration retryAfter) {
        super(provider + ": " + message, retryable(kind));
        this.provider = provider;
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    private static boolean retryable(Kind kind) {
        return kind != Kind.AUTHENTICATION && kind != Kind.REJECTED;
    }

    public String provider() {
        return provider;
    }

    public Kind kind() {
        return kind;
    }

    /** How long the provider asked to be left alone ({@code Retry-After}). */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
