package dev.revox.telemetry.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The host's registry, and how quantities are registered with it.
 *
 * <p><b>Thread:</b> Thread-safe.
 *
 * @param percentiles that each process works out itself
 * @param histogram whether buckets are published, from which a server can work out percentiles over all processes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Meters(MeterRegistry registry, double[] percentiles, boolean histogram) {

    /** Longer than any stage of a turn that is worth a bucket. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

    void count(String name, String description, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment();
    }

    /** A time that people wait: with percentiles. */
    void wait(String name, String description, Duration took, String... tags) {
        Timer.builder(name)
                .description(description)
                .publishPercentiles(percentiles)
                .publishPercentileHistogram(histogram)
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(LONGEST_TURN)
                .tags(tags)
                .register(registry)
                .record(took);
    }

    void time(String name, String description, Duration took, String... tags) {
        Timer.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .record(took);
    }

    void value(String name, String description, double value, String... tags) {
        DistributionSummary.builder(name)
                .description(description)
                .publishPercentiles(percentiles)
                .tags(tags)
                .register(registry)
                .record(value);
    }
}
