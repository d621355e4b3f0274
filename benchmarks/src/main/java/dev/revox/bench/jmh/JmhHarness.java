package dev.revox.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package, each in one JVM of its own ({@code -f 1}), with {@code -prof gc}. */
public final class JmhHarness {

    private static final TimeValue ITERATION = TimeValue.milliseconds(500);
    private static final int ITERATIONS = 5;

    private JmhHarness() {}

    /**
     * Measures and prints.
     *
     * @param regex which benchmarks, by class or method name
     */
    public static void run(String regex) {
        Options options = new OptionsBuilder()
                .include(regex)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .forks(1)
                .jvmArgs("--enable-native-access=ALL-UNNAMED", "-Xms512m", "-Xmx512m")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        try {
            Object unused = new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH did not run: " + e.getMessage(), e);
        }
    }
}
