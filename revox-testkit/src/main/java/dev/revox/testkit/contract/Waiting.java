package dev.revox.testkit.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for what a real socket brings. */
public final class Waiting {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(2);

    private Waiting() {}

    public static void until(String what, Callable<Boolean> happened) {
        await(what).atMost(LONGEST).pollDelay(Duration.ZERO).pollInterval(POLL).until(happened);
    }
}
