/**
 * A transition as statements. Door: {@link dev.revox.store.jdbc.commit.CommitStep}. The order's row is locked first, then what is
 * shared: the node, the concurrency key, the line; always in this order, so that no two transitions wait for each other.
 * <b>Thread:</b> Thread-safe.
 */
@NullMarked
package dev.revox.store.jdbc.commit;

import org.jspecify.annotations.NullMarked;
