/**
 * What can happen to an order, and what it becomes then: one function without I/O. Doors: {@link dev.revox.lifecycle.OrderStep}
 * (what happens), {@link dev.revox.lifecycle.OrderLife} (what follows), {@link dev.revox.lifecycle.Settlement} (what an attempt's
 * end means). Whoever changes an order's status anywhere goes through here.
 */
@NullMarked
package dev.revox.lifecycle;

import org.jspecify.annotations.NullMarked;
