package dev.revox.store.jdbc.sql;

import java.util.Optional;

/** A tenant as a column holds it: {@code ''} stands for none, so that it can be part of a key. <b>Thread:</b> Immutable. */
public final class TenantColumn {
    private static final String ESCAPE = ":";

    private TenantColumn() {}

    public static String of(Optional<String> tenant) {
        return tenant.map(name -> name.isEmpty() || name.startsWith(ESCAPE) ? ESCAPE + name : name)
                .orElse("");
    }

    public static Optional<String> tenant(String column) {
        if (column.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(column.startsWith(ESCAPE) ? column.substring(ESCAPE.length()) : column);
    }
}
