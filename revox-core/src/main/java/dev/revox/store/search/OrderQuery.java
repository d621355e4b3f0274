package dev.revox.store.search;

import dev.revox.order.OrderStatus;
import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What orders to find: all conditions must hold; of statuses, any.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tenant only orders of this tenant; empty means those without one
 * @param statuses empty for all
 * @param metadata members that an order must have, with these values
 * @param createdFrom inclusive
 * @param createdBefore exclusive
 * @param campaignId orders of this campaign
 * @param limit orders a page, 1..{@value #LARGEST_PAGE}
 * @param after the place where the page begins
 */
public record OrderQuery(
        Optional<String> tenant,
        Set<OrderStatus> statuses,
        Optional<PhoneNumber> to,
        Map<String, String> metadata,
        Optional<Instant> createdFrom,
        Optional<Instant> createdBefore,
        Optional<String> campaignId,
        int limit,
        Optional<OrderCursor> after) {
    public static final int LARGEST_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;

    public OrderQuery {
        statuses = Collections.unmodifiableSet(
                statuses.isEmpty() ? EnumSet.noneOf(OrderStatus.class) : EnumSet.copyOf(statuses));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit must be within 1.." + LARGEST_PAGE + ", was " + limit);
        }
    }

    /** A query for every order of a tenant, a hundred a page. */
    public static Builder of(Optional<String> tenant) {
        return new Builder(tenant);
    }

    /** The same question for the page behind a place. */
    public OrderQuery from(OrderCursor place) {
        return new OrderQuery(
                tenant, statuses, to, metadata, createdFrom, createdBefore, campaignId, limit, Optional.of(place));
    }

    @Override
    public String toString() {
        return "OrderQuery[" + statuses + ", limit=" + limit + "]";
    }

    /** Collects a query. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {
        private final Optional<String> tenant;
        private final Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable PhoneNumber to;
        private @Nullable Instant createdFrom;
        private @Nullable Instant createdBefore;
        private @Nullable String campaignId;
        private @Nullable OrderCursor after;
        private int limit = DEFAULT_PAGE;

        private Builder(Optional<String> tenant) {
            this.tenant = tenant;
        }

        /** One more status that an order may have. */
        public Builder status(OrderStatus status) {
            statuses.add(status);
            return this;
        }

        public Builder to(PhoneNumber number) {
            to = number;
            return this;
        }

        public Builder metadata(String name, String value) {
            metadata.put(name, value);
            return this;
        }

        /** Created at or after. */
        public Builder createdFrom(Instant instant) {
            createdFrom = instant;
            return this;
        }

        public Builder createdBefore(Instant instant) {
            createdBefore = instant;
            return this;
        }

        public Builder campaign(String id) {
            campaignId = id;
            return this;
        }

        /** Orders a page, 1..{@value OrderQuery#LARGEST_PAGE}. */
        public Builder limit(int orders) {
            limit = orders;
            return this;
        }

        public Builder after(OrderCursor place) {
            after = place;
            return this;
        }

        public OrderQuery build() {
            return new OrderQuery(
                    tenant,
                    statuses,
                    Optional.ofNullable(to),
                    metadata,
                    Optional.ofNullable(createdFrom),
                    Optional.ofNullable(createdBefore),
                    Optional.ofNullable(campaignId),
                    limit,
                    Optional.ofNullable(after));
        }
    }
}
