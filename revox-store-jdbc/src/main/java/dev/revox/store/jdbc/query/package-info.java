/**
 * Questions about many orders, each answered by an index. Doors: {@link dev.revox.store.jdbc.query.OrderSearch}, {@link
 * dev.revox.store.jdbc.query.Queues}. <b>Thread:</b> Immutable.
 */
@NullMarked
package dev.revox.store.jdbc.query;

import org.jspecify.annotations.NullMarked;
