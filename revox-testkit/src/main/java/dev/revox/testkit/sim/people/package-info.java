/** Who is called in a simulation, and what they do then. Doors: {@link dev.revox.testkit.sim.people.Population}, {@link dev.revox.testkit.sim.people.Pickup}. */
@NullMarked
package dev.revox.testkit.sim.people;

import org.jspecify.annotations.NullMarked;
