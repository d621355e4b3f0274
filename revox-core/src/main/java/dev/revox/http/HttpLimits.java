package dev.revox.http;

import java.time.Duration;

/**
 * How much and how long one request may take.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param deadline of the whole exchange: resolution, redirects and the last byte of the body included
 * @param maxBodyBytes after decoding
 * @param maxHeadBytes of a reply's status line and headers
 * @param maxExpansion how many times larger a compressed body may become
 */
public record HttpLimits(Duration deadline, int maxBodyBytes, int maxHeadBytes, int maxExpansion, int maxRedirects) {

    /** 15 s, 1 MiB, 32 KiB, 100 times, 3 redirects. */
    public static final HttpLimits DEFAULT = new HttpLimits(Duration.ofSeconds(15), 1 << 20, 32 << 10, 100, 3);

    public HttpLimits {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be positive");
        }
        if (maxBodyBytes < 0 || maxHeadBytes < 1 || maxExpansion < 1 || maxRedirects < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    public HttpLimits withDeadline(Duration whole) {
        return new HttpLimits(whole, maxBodyBytes, maxHeadBytes, maxExpansion, maxRedirects);
    }

    public HttpLimits withMaxBodyBytes(int bytes) {
        return new HttpLimits(deadline, bytes, maxHeadBytes, maxExpansion, maxRedirects);
    }
}
