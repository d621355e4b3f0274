package dev.revox.agent.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Remembers which providers failed lately, for all calls of one agent, so that a call does not begin with a provider that is
 * down. A provider that is kept out is still better than none: it moves to the end of the order.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Breaker {

    private final long keepOutNanos;
    private final Map<Object, Long> keptOutUntil = new WeakHashMap<>();

    public Breaker(Duration keepOut) {
        this.keepOutNanos = keepOut.toNanos();
    }

    /** The providers to try, best first. A single provider is there twice: it gets one retry. */
    public <P> List<P> order(List<P> configured, long nowNanos) {
        return order(configured, provider -> provider, nowNanos);
    }

    /**
     * The same for things that have a provider.
     *
     * @param providerOf gives what {@link #failed} and {@link #worked} are told
     */
    public synchronized <P, K> List<P> order(List<P> configured, Function<P, K> providerOf, long nowNanos) {
        List<P> order = new ArrayList<>();
        List<P> last = new ArrayList<>();
        for (P provider : configured) {
            Long until = keptOutUntil.get(providerOf.apply(provider));
            boolean out = until != null && until - nowNanos > 0;
            (out ? last : order).add(provider);
        }
        order.addAll(last);
        if (order.size() == 1) {
            order.add(order.getFirst());
        }
        return order;
    }

    /** Whether it failed lately: for what can be done without. */
    public synchronized boolean keepsOut(Object provider, long nowNanos) {
        Long until = keptOutUntil.get(provider);
        return until != null && until - nowNanos > 0;
    }

    public synchronized void failed(Object provider, long nowNanos) {
        keptOutUntil.put(provider, nowNanos + keepOutNanos);
    }

    public synchronized void worked(Object provider) {
        keptOutUntil.remove(provider);
    }
}
