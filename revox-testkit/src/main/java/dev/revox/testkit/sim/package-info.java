/**
 * A whole engine, or several on one store, in virtual time: days of orders in seconds, with a scripted population, a host that
 * changes its mind, and everything failing that can fail. Door: {@link dev.revox.testkit.sim.SimWorld}. One thread drives all,
 * and every draw comes from the seed, so a run that broke a promise breaks it again.
 */
@NullMarked
package dev.revox.testkit.sim;

import org.jspecify.annotations.NullMarked;
