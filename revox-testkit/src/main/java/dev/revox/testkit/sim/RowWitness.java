package dev.revox.testkit.sim;

import dev.revox.store.Transition;
import dev.revox.testkit.sim.check.RowChecks;
import dev.revox.testkit.sim.node.StoreWitness;

/** Holds what one life of a node stores against the rules of rows. <b>Thread:</b> Confined to the thread that drives the world. */
record RowWitness(RowChecks rows, String life) implements StoreWitness {
    @Override
    public void committed(Transition change) {
        rows.committed(life, change);
    }

    @Override
    public void denied(Transition change) {
        rows.denied(life, change);
    }
}
