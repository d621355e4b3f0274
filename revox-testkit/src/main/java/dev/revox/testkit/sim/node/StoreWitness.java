package dev.revox.testkit.sim.node;

import dev.revox.store.Transition;

/**
 * Learns what was stored, whatever the node learns.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public interface StoreWitness {
    /** A change was made, right now, even when the node never learns of it. */
    void committed(Transition change);

    /** A change was made, and the store says for certain that it was not. */
    void denied(Transition change);
}
