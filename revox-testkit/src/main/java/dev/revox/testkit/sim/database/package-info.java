/**
 * A database that fails from a seed, for stores that keep their rows in one. Doors: {@link FaultyDatabase}, {@link DatabaseFaults}.
 * <b>Thread:</b> the one that drives the world. <b>Neighbours:</b> {@code sim.node}.
 */
@NullMarked
package dev.revox.testkit.sim.database;

import org.jspecify.annotations.NullMarked;
