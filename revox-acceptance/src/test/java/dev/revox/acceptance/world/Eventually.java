package dev.revox.acceptance.world;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what other threads and programs do. */
public final class Eventually {

    private static final Duration LOOKS = Duration.ofMillis(30);

    private Eventually() {}

    /**
     * Waits until something is there.
     *
     * @param otherwise what is to be said when it does not come, made then
     */
    public static void until(Duration limit, BooleanSupplier there, Supplier<String> otherwise) {
        try {
            await().atMost(limit).pollDelay(Duration.ZERO).pollInterval(LOOKS).until(there::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + limit + ": " + otherwise.get(), e);
        }
    }

    /** Lets real time pass, in which something goes on that is looked at afterwards. */
    public static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
