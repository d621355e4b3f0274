package dev.revox.store.jdbc.sql;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants as a column holds them. Those before 1677 and after 2262 are stored as the first and the last that fit.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> nanoseconds since 1970-01-01 UTC.
 */
public final class Nanos {
    private static final long A_SECOND = 1_000_000_000L;

    private Nanos() {}

    public static long of(Instant instant) {
        if (instant.getEpochSecond() >= Long.MAX_VALUE / A_SECOND) {
            return Long.MAX_VALUE;
        }
        if (instant.getEpochSecond() <= Long.MIN_VALUE / A_SECOND) {
            return Long.MIN_VALUE;
        }
        return instant.getEpochSecond() * A_SECOND + instant.getNano();
    }

    public static @Nullable Long orNull(Optional<Instant> instant) {
        return instant.map(Nanos::of).orElse(null);
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, A_SECOND), Math.floorMod(nanos, A_SECOND));
    }
}
