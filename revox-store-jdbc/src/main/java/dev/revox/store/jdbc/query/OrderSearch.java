package dev.revox.store.jdbc.query;

import dev.revox.store.OrderPage;
import dev.revox.store.StoredOrder;
import dev.revox.store.jdbc.row.OrderRows;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.search.OrderCursor;
import dev.revox.store.search.OrderQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pages of orders, newest first: each page begins behind the last order of the one before, so a page costs the same wherever it
 * is.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class OrderSearch {
    private static final String PLACE = "(o.created_at < ? OR (o.created_at = ? AND o.id < ?))";

    private final OrderRows orders;

    public OrderSearch(OrderRows orders) {
        this.orders = orders;
    }

    public OrderPage page(Session session, OrderQuery query) throws SQLException {
        List<StoredOrder> found = new ArrayList<>();
        Optional<OrderCursor> from = query.after();
        int wanted = query.limit() + 1;
        while (found.size() < wanted) {
            int asked = wanted - found.size();
            List<StoredOrder> rows = rows(session, query, from, asked);
            // A tag is a digest: what it finds is compared before it counts.
            rows.stream().filter(row -> matches(query, row)).forEach(found::add);
            if (rows.size() < asked) {
                break;
            }
            from = Optional.of(OrderCursor.after(rows.getLast().order()));
        }
        boolean more = found.size() > query.limit();
        List<StoredOrder> page = more ? found.subList(0, query.limit()) : found;
        Optional<OrderCursor> next =
                more ? Optional.of(OrderCursor.after(page.getLast().order())) : Optional.empty();
        return new OrderPage(page, next);
    }

    private static boolean matches(OrderQuery query, StoredOrder row) {
        return row.order().metadata().entrySet().containsAll(query.metadata().entrySet());
    }

    private List<StoredOrder> rows(Session session, OrderQuery query, Optional<OrderCursor> from, int most)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        List<Long> tags = OrderRows.tags(query.metadata());
        // The first tag leads, in the order of its own index; the others are looked up.
        String order = "o.created_at DESC, o.id DESC";
        if (!tags.isEmpty()) {
            sql.append("JOIN revox_order_tag t ON t.tenant = o.tenant AND t.order_id = o.id");
            order = "t.created_at DESC, t.order_id DESC";
        }
        sql.append(" WHERE o.tenant = ?");
        values.add(TenantColumn.of(query.tenant()));
        for (int i = 0; i < tags.size(); i++) {
            if (i == 0) {
                sql.append(" AND t.tenant = ? AND t.tag = ?");
                values.add(TenantColumn.of(query.tenant()));
            } else {
                sql.append(" AND EXISTS (SELECT 1 FROM revox_order_tag x WHERE x.tenant = o.tenant AND x.tag = ?"
                        + " AND x.created_at = o.created_at AND x.order_id = o.id)");
            }
            values.add(tags.get(i));
        }
        conditions(query, sql, values);
        from.ifPresent(place -> after(place, sql, values, tags.isEmpty()));
        sql.append(" ORDER BY ").append(order).append(" FETCH FIRST ? ROWS ONLY");
        values.add(most);
        return orders.select(session, sql.toString(), values.toArray());
    }

    private static void conditions(OrderQuery query, StringBuilder sql, List<@Nullable Object> values) {
        if (!query.statuses().isEmpty()) {
            sql.append(query.statuses().stream()
                    .map(status -> "'" + status.name() + "'")
                    .collect(Collectors.joining(", ", " AND o.status IN (", ")")));
        }
        query.to().ifPresent(number -> {
            sql.append(" AND o.to_number = ?");
            values.add(number.e164());
        });
        query.campaignId().ifPresent(id -> {
            sql.append(" AND o.campaign_id = ?");
            values.add(id);
        });
        query.createdFrom().ifPresent(from -> {
            sql.append(" AND o.created_at >= ?");
            values.add(Nanos.of(from));
        });
        query.createdBefore().ifPresent(before -> {
            sql.append(" AND o.created_at < ?");
            values.add(Nanos.of(before));
        });
    }

    private static void after(OrderCursor place, StringBuilder sql, List<@Nullable Object> values, boolean untagged) {
        long created = Nanos.of(place.createdAt());
        // The range comes first, for an index; the exact place decides among orders of the same instant.
        sql.append(untagged ? " AND o.created_at <= ? AND " : " AND t.created_at <= ? AND ")
                .append(PLACE);
        values.add(created);
        values.add(created);
        values.add(created);
        values.add(place.id());
    }
}
