/** Days of orders on several nodes that fail, many seeds of them. Door: {@link dev.revox.bench.sim.SimHarness}. */
@NullMarked
package dev.revox.bench.sim;

import org.jspecify.annotations.NullMarked;
