/**
 * What a node of a simulation lives in: its own sight of time, and its own way to the store, both of which can fail it. Doors:
 * {@link dev.revox.testkit.sim.node.NodeTime}, {@link dev.revox.testkit.sim.node.StoreDoor}, {@link
 * dev.revox.testkit.sim.node.WatchedStore}.
 */
@NullMarked
package dev.revox.testkit.sim.node;

import org.jspecify.annotations.NullMarked;
