package dev.revox.dispatch;

import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Orders that are due and wait for a slot, in the order of becoming due.
 *
 * <p>Within one concurrency key it is strictly first in, first out: behind a head that must wait, everybody with its key waits,
 * even one whose own limit is higher. Orders of other keys, or without one, pass.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
final class DialQueue {
    private final Map<OrderKey, Optional<ConcurrencyLimit>> waiting = new LinkedHashMap<>();

    void add(PlacedOrder order) {
        waiting.putIfAbsent(OrderKey.of(order), order.concurrency());
    }

    boolean contains(OrderKey key) {
        return waiting.containsKey(key);
    }

    void remove(OrderKey key) {
        waiting.remove(key);
    }

    List<OrderKey> all() {
        return List.copyOf(waiting.keySet());
    }

    /**
     * Takes out the first order that may be dialled now.
     *
     * @param live how many attempts of a concurrency key are live
     */
    Optional<OrderKey> takeNext(ToIntFunction<TenantKey> live) {
        Set<TenantKey> heads = new HashSet<>();
        Iterator<Map.Entry<OrderKey, Optional<ConcurrencyLimit>>> entries =
                waiting.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<OrderKey, Optional<ConcurrencyLimit>> entry = entries.next();
            if (mayGo(entry.getKey(), entry.getValue(), heads, live)) {
                entries.remove();
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean mayGo(
            OrderKey order, Optional<ConcurrencyLimit> limit, Set<TenantKey> heads, ToIntFunction<TenantKey> live) {
        if (limit.isEmpty()) {
            return true;
        }
        TenantKey key = new TenantKey(order.tenant(), limit.get().key());
        return heads.add(key) && live.applyAsInt(key) < limit.get().max();
    }
}
