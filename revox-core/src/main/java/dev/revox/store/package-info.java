/**
 * What survives: orders, attempts, their history, and what is still to be told. Doors: {@link dev.revox.store.EngineStore},
 * {@link dev.revox.store.Transition}. Every change of an order is one transition, and a transition is one transaction. Every key
 * carries the tenant. Beside it: {@code node} (who works on a store), {@code search}, {@code memory} (the store that forgets).
 */
@NullMarked
package dev.revox.store;

import org.jspecify.annotations.NullMarked;
