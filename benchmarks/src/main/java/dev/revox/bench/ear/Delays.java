package dev.revox.bench.ear;

import java.util.ArrayList;
import java.util.List;

/** Delays, to be asked for their quantiles. */
final class Delays {

    private static final double NANOS_PER_MS = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    void add(long delayNanos) {
        nanos.add(delayNanos);
    }

    /** In ms. */
    double quantile(double share) {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        nanos.sort(null);
        return nanos.get((int) (share * (nanos.size() - 1))) / NANOS_PER_MS;
    }
}
