/** A wire without sockets. Door: {@link dev.revox.bench.network.MemoryNetwork}. */
@NullMarked
package dev.revox.bench.network;

import org.jspecify.annotations.NullMarked;
