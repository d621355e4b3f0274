package dev.revox;

import dev.revox.attempt.CallOutcome;
import dev.revox.guard.NumberHistory;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.store.EngineStore;
import dev.revox.store.search.OrderPage;
import dev.revox.store.search.OrderQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has happened to a number, as the store knows it.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the store.
 */
record StoredNumberHistory(EngineStore store) implements NumberHistory {
    @Override
    public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
        return store.attemptStarts(tenant, number, since);
    }

    /** The last outcome that said so; its order may have been updated since, so the silence is rather too long than too short. */
    @Override
    public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
        OrderQuery query =
                OrderQuery.of(tenant).to(number).limit(OrderQuery.LARGEST_PAGE).build();
        Optional<Instant> latest = Optional.empty();
        while (true) {
            OrderPage page = store.search(query);
            for (var row : page.orders()) {
                PlacedOrder order = row.order();
                boolean refused = order.outcome()
                        .filter(CallOutcome.DO_NOT_CONTACT::equals)
                        .isPresent();
                if (refused && latest.filter(order.updatedAt()::isBefore).isEmpty()) {
                    latest = Optional.of(order.updatedAt());
                }
            }
            if (page.next().isEmpty()) {
                return latest;
            }
            query = query.from(page.next().get());
        }
    }
}
