/**
 * The telephone network of a simulation: lines of nodes on one side, people on the other, and an agent that talks with them.
 * Doors: {@link dev.revox.testkit.sim.line.SimNetwork}, {@link dev.revox.testkit.sim.line.SimLine}, {@link
 * dev.revox.testkit.sim.line.SimAgent}.
 */
@NullMarked
package dev.revox.testkit.sim.line;

import org.jspecify.annotations.NullMarked;
