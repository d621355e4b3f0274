/**
 * A store in memory: the default, and what simulations run on. Door: {@link dev.revox.store.memory.MemoryStore}. Several engines
 * of one process may share its tables. One lock guards them, and nothing is waited for inside it.
 */
@NullMarked
package dev.revox.store.memory;

import org.jspecify.annotations.NullMarked;
