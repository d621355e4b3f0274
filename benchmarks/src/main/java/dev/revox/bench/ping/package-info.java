/**
 * How soon a line that carries calls answers the pings of its trunk. Door: {@link dev.revox.bench.ping.PingHarness}; neighbour: the whole
 * calls of {@code bench.calls}.
 */
@NullMarked
package dev.revox.bench.ping;

import org.jspecify.annotations.NullMarked;
