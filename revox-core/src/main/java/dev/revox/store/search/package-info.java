/** Questions about many orders. Doors: {@link dev.revox.store.search.OrderQuery}, {@link dev.revox.store.search.OrderCursor}. */
@NullMarked
package dev.revox.store.search;

import org.jspecify.annotations.NullMarked;
