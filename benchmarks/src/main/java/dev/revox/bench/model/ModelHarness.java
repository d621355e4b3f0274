package dev.revox.bench.model;

import dev.revox.testkit.model.ModelCheck;
import dev.revox.time.SystemTime;
import java.io.PrintStream;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Plays random interleavings of a conversation, one seed each, and says how many broke a promise. */
public final class ModelHarness {

    private static final int PROGRESS = 100_000;
    private static final int MOST_SHOWN = 20;
    /** Held, since the log manager forgets what nobody holds. Its providers fail on purpose, some hundred times a second. */
    private static final Logger LOG = Logger.getLogger("dev.revox");

    private ModelHarness() {}

    /** Answers the number of seeds that broke something. */
    public static int run(int runs, long firstSeed, PrintStream out) {
        int broken = 0;
        LOG.setLevel(Level.OFF);
        try (SystemTime time = SystemTime.start()) {
            long startNanos = time.nanoTime();
            for (int i = 0; i < runs; i++) {
                long seed = firstSeed + i;
                Optional<String> violation = ModelCheck.violation(seed);
                if (violation.isPresent() && ++broken <= MOST_SHOWN) {
                    out.println("seed " + seed + ": " + violation.get());
                }
                if ((i + 1) % PROGRESS == 0 || i + 1 == runs) {
                    double seconds = (time.nanoTime() - startNanos) / 1e9;
                    out.printf("%d interleavings, %d broken, %.0f/s%n", i + 1, broken, (i + 1) / seconds);
                }
            }
        }
        return broken;
    }
}
