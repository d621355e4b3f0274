/** Questions about many orders. Doors: {@link dev.revox.store.search.OrderQuery}, {@link dev.revox.store.search.OrderPage}. */
@NullMarked
package dev.revox.store.search;

import org.jspecify.annotations.NullMarked;
