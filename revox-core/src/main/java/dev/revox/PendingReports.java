package dev.revox;

import dev.revox.order.OrderKey;
import dev.revox.wire.CallReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Reports that somebody waits for.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class PendingReports {
    private final ConcurrentMap<OrderKey, CompletableFuture<CallReport>> pending = new ConcurrentHashMap<>();
    private final Executor executor;

    /**
     * Nothing is waited for yet.
     *
     * @param executor runs what the host hangs on a report
     */
    PendingReports(Executor executor) {
        this.executor = executor;
    }

    CompletableFuture<CallReport> of(OrderKey key) {
        return pending.computeIfAbsent(key, unused -> new CompletableFuture<>());
    }

    /** What is waited for. */
    Set<OrderKey> waiting() {
        return Set.copyOf(pending.keySet());
    }

    void complete(OrderKey key, CallReport report) {
        CompletableFuture<CallReport> waiting = pending.remove(key);
        if (waiting != null) {
            CompletableFuture<CallReport> unused = waiting.completeAsync(() -> report, executor);
        }
    }

    /** For a report that was told before this waiting began. */
    void completeNow(OrderKey key, CallReport report) {
        CompletableFuture<CallReport> waiting = pending.remove(key);
        if (waiting != null) {
            waiting.complete(report);
        }
    }

    void failAll() {
        for (CompletableFuture<CallReport> waiting : List.copyOf(pending.values())) {
            waiting.completeExceptionally(
                    new RevoxException("the engine was closed before the call was settled and analysed", true));
        }
        pending.clear();
    }
}
