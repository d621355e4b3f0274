package dev.revox.order;

import java.util.Objects;
import java.util.Optional;

/**
 * A key that the host chose and that means something within one tenant only: an idempotency key, a concurrency key.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tenant the organization, empty without tenants
 */
public record TenantKey(Optional<String> tenant, String key) {
    public TenantKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(key, "key");
    }
}
