package dev.revox.store.memory;

import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.store.OrderPage;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderCursor;
import dev.revox.store.search.OrderQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Every tenant's orders, newest first. <b>Thread:</b> guarded by the tables' lock. */
final class OrderList {
    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::createdAt).thenComparing(Place::id).reversed();

    private record Place(Instant createdAt, String id) {}

    private final Map<Optional<String>, NavigableSet<Place>> byTenant = new HashMap<>();

    void add(PlacedOrder order) {
        byTenant.computeIfAbsent(order.organizationId(), unused -> new TreeSet<>(NEWEST_FIRST))
                .add(new Place(order.createdAt(), order.id()));
    }

    OrderPage search(OrderQuery query, Function<OrderKey, StoredOrder> rows) {
        NavigableSet<Place> all = byTenant.getOrDefault(query.tenant(), new TreeSet<>(NEWEST_FIRST));
        NavigableSet<Place> rest = query.after()
                .map(cursor -> all.tailSet(new Place(cursor.createdAt(), cursor.id()), false))
                .orElse(all);
        List<StoredOrder> found = new ArrayList<>();
        Iterator<Place> places = rest.iterator();
        while (places.hasNext() && found.size() < query.limit()) {
            StoredOrder row =
                    rows.apply(new OrderKey(query.tenant(), places.next().id()));
            if (matches(query, row.order())) {
                found.add(row);
            }
        }
        Optional<OrderCursor> next = found.size() == query.limit() && places.hasNext()
                ? Optional.of(OrderCursor.after(found.getLast().order()))
                : Optional.empty();
        return new OrderPage(found, next);
    }

    private static boolean matches(OrderQuery query, PlacedOrder order) {
        return (query.statuses().isEmpty() || query.statuses().contains(order.status()))
                && query.to().map(order.to()::equals).orElse(true)
                && order.metadata().entrySet().containsAll(query.metadata().entrySet())
                && query.createdFrom()
                        .map(from -> !order.createdAt().isBefore(from))
                        .orElse(true)
                && query.createdBefore().map(order.createdAt()::isBefore).orElse(true)
                && query.campaignId()
                        .map(id -> order.campaign()
                                .filter(owner -> owner.id().equals(id))
                                .isPresent())
                        .orElse(true);
    }
}
