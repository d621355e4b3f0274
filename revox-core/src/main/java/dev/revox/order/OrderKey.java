package dev.revox.order;

import java.util.Objects;
import java.util.Optional;

/**
 * What identifies an order everywhere: its tenant and its id. An id of another tenant finds nothing.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tenant the organization, empty without tenants
 */
public record OrderKey(Optional<String> tenant, String id) {
    public OrderKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(id, "id");
    }

    public static OrderKey of(PlacedOrder order) {
        return new OrderKey(order.organizationId(), order.id());
    }
}
