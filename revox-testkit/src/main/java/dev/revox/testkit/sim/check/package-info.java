/**
 * What a run of a simulation is held to. Doors: {@link dev.revox.testkit.sim.check.RowChecks} sees every change that the store
 * acknowledged, {@link dev.revox.testkit.sim.check.CallChecks} every call on the callee's side, {@link
 * dev.revox.testkit.sim.check.EventChecks} what listeners are told; {@link dev.revox.testkit.sim.check.Journal} keeps what they
 * found. Rules are written here a second time, from the promise and not from the engine's code.
 */
@NullMarked
package dev.revox.testkit.sim.check;

import org.jspecify.annotations.NullMarked;
