package dev.revox;

import dev.revox.order.OrderKey;
import dev.revox.wire.CallReport;
import java.util.concurrent.CompletableFuture;

/**
 * A placed call in the host's hand.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CallHandle {
    private final CallEngine engine;
    private final OrderKey key;

    CallHandle(CallEngine engine, OrderKey key) {
        this.engine = engine;
        this.key = key;
    }

    public String id() {
        return key.id();
    }

    /** Tenant and id. */
    public OrderKey key() {
        return key;
    }

    /**
     * The call once nothing about it is open any more: settled, and analysed. That may take days. It fails with a {@link
     * RevoxException} when the engine is closed before.
     *
     * @return a future of the caller's own; to cancel it does not cancel the call
     */
    public CompletableFuture<CallReport> report() {
        return engine.report(key);
    }

    /**
     * Says that the host has committed the transaction in which the call was placed, so that it is looked at now and not only when
     * the store next looks for work. Harmless for other calls.
     */
    public void committed() {
        engine.committed(key);
    }

    /** Cancels the call at whatever point it is; false when it was settled already. */
    public boolean cancel() {
        return engine.cancel(key);
    }

    @Override
    public String toString() {
        return "CallHandle[" + key.id() + "]";
    }
}
