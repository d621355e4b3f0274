package dev.revox.testkit.contract.store;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** Stores on the same rows, closed after each test. */
public abstract class StoreBench {
    private final List<EngineStore> opened = new ArrayList<>();

    /** A store on this test's own rows: the first one, or one more for another engine. */
    protected abstract EngineStore open();

    protected final EngineStore another() {
        EngineStore store = open();
        opened.add(store);
        return store;
    }

    @AfterEach
    final void close_stores() {
        opened.forEach(EngineStore::close);
    }

    protected static Reason conflict(EngineStore store, Transition transition) {
        return catchThrowableOfType(StoreConflictException.class, () -> store.commit(transition))
                .reason();
    }

    /** Commits; false when the world had moved on. */
    protected static boolean tryCommit(EngineStore store, Transition transition) {
        try {
            store.commit(transition);
            return true;
        } catch (StoreConflictException conflict) {
            return false;
        }
    }

    /** Runs tasks at the same time, each on a thread of its own, and gives what they gave. */
    protected static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            List<Future<T>> running = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        int unused = start.await();
                        return task.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
