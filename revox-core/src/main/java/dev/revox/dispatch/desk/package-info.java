/**
 * The desk at which orders are decided about, and what lies on it: the one mailbox, the book of orders, plans and texts. Doors:
 * {@link dev.revox.dispatch.desk.Surroundings}, {@link dev.revox.dispatch.desk.DispatchSettings}; the rest is for {@code dispatch}
 * and {@code dispatch.live}. Everything but the mailbox itself is confined to it.
 */
@NullMarked
package dev.revox.dispatch.desk;

import org.jspecify.annotations.NullMarked;
