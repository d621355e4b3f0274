package dev.revox.store.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Much of the same, done in portions that go side by side: while the database works on one, the next one is written out or read.
 *
 * <p><b>Thread:</b> Immutable. Portions run on platform threads that end with the work; drivers hold locks.
 */
public final class Portions {
    private static final int SIZE = 250;
    private static final int SIDE_BY_SIDE = 3;

    private Portions() {}

    /**
     * Does work on all portions of a list.
     *
     * @param work on one portion, over a connection of its own
     * @return what came of them, in order
     */
    public static <T, R> List<R> of(List<T> all, Function<List<T>, R> work) {
        if (all.isEmpty()) {
            return List.of();
        }
        if (all.size() <= SIZE) {
            return List.of(work.apply(all));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                SIDE_BY_SIDE,
                Thread.ofPlatform().name("revox-store-", 1).daemon(true).factory())) {
            List<Future<R>> running = new ArrayList<>();
            for (int from = 0; from < all.size(); from += SIZE) {
                List<T> portion = all.subList(from, Math.min(all.size(), from + SIZE));
                running.add(threads.submit(() -> work.apply(portion)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> each : running) {
                results.add(result(each));
            }
            return results;
        }
    }

    private static <R> R result(Future<R> portion) {
        try {
            return portion.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
