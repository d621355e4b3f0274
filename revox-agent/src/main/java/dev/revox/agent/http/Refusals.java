package dev.revox.agent.http;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP status or a broken connection means to Revox. Bodies of refusals are never quoted: providers repeat parts
 * of keys and prompts in them.
 */
public final class Refusals {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private Refusals() {}

    /** The failure for a status that is no success. */
    public static ProviderException ofStatus(String provider, int status, Optional<String> retryAfter) {
        return switch (status) {
            case 401, 403 ->
                new ProviderException(
                        provider, Kind.AUTHENTICATION, "HTTP " + status + ": check the API key and what it may use");
            case 429 -> rateLimit(provider, status, retryAfter);
            case 503, 529 ->
                retryAfter
                        .flatMap(Refusals::seconds)
                        .map(wait -> new ProviderException(provider, Kind.SERVER, "HTTP " + status, wait))
                        .orElseGet(() -> new ProviderException(provider, Kind.SERVER, "HTTP " + status));
            default -> {
                if (status >= 500) {
                    yield new ProviderException(provider, Kind.SERVER, "HTTP " + status);
                }
                String remedy = status == 404 ? ": check the base URL, the model and the voice" : "";
                yield new ProviderException(
                        provider, Kind.REJECTED, "HTTP " + status + " where a success was expected" + remedy);
            }
        };
    }

    private static ProviderException rateLimit(String provider, int status, Optional<String> retryAfter) {
        return retryAfter
                .flatMap(Refusals::seconds)
                .map(wait -> new ProviderException(
                        provider, Kind.RATE_LIMIT, "HTTP " + status + ", retry after " + wait.toSeconds() + " s", wait))
                .orElseGet(() -> new ProviderException(provider, Kind.RATE_LIMIT, "HTTP " + status));
    }

    /** {@code Retry-After} in its form in seconds (RFC 9110 §10.2.3); the form with a date is not used by these providers. */
    private static Optional<Duration> seconds(String retryAfter) {
        try {
            double seconds = Double.parseDouble(retryAfter.strip());
            if (!(seconds >= 0)) {
                return Optional.empty();
            }
            double capped = Math.min(seconds, (double) LONGEST_RETRY_AFTER.toSeconds());
            return Optional.of(Duration.ofMillis(Math.round(capped * 1000)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The failure for a connection that could not be made or did not last. */
    public static ProviderException ofBreak(String provider, Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        if (cause instanceof OversizeException) {
            return new ProviderException(provider, Kind.PROTOCOL, "the answer is larger than allowed", cause);
        }
        // Only the type: messages of the JDK name headers and hosts.
        Throwable shown = cause == null ? failure : cause;
        return new ProviderException(
                provider,
                Kind.CONNECTION,
                "no connection, or it broke (" + shown.getClass().getSimpleName() + ")");
    }
}
