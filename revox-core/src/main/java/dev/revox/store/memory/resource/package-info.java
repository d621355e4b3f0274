/** Assistants, own numbers and suppressed numbers in memory. Door: {@link dev.revox.store.memory.resource.MemoryResources}. */
@NullMarked
package dev.revox.store.memory.resource;

import org.jspecify.annotations.NullMarked;
