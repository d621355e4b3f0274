package dev.revox.event;

import dev.revox.call.Mailbox;
import dev.revox.order.OrderKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Carries events to listeners: in order per call, and off the threads that calls run on.
 *
 * <p><b>Thread:</b> Thread-safe; events of one call must be published by one thread at a time to keep their order.
 */
public final class EventStream {
    private static final System.Logger LOG = System.getLogger("dev.revox.event");

    private final List<CallListener> listeners;
    private final Executor executor;
    private final ConcurrentMap<OrderKey, Mailbox<CallEvent>> boxes = new ConcurrentHashMap<>();

    public EventStream(List<CallListener> listeners, Executor executor) {
        this.listeners = List.copyOf(listeners);
        this.executor = executor;
    }

    /** Hands an event on and returns at once. */
    public void publish(CallEvent event) {
        if (listeners.isEmpty()) {
            return;
        }
        boxes.computeIfAbsent(event.order(), unused -> new Mailbox<>(executor, this::tell))
                .post(event);
        if (event instanceof CallEvent.Reported) {
            // The box empties itself; only this map forgets it.
            boxes.remove(event.order());
        }
    }

    private void tell(CallEvent event) {
        for (CallListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (Throwable fault) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "a call listener failed order=" + event.order().id(),
                        fault);
            }
        }
    }
}
