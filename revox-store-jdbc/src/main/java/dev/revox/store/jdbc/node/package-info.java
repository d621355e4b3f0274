/** Who works on the database. Door: {@link dev.revox.store.jdbc.node.JdbcNodes}. <b>Thread:</b> Thread-safe. */
@NullMarked
package dev.revox.store.jdbc.node;

import org.jspecify.annotations.NullMarked;
