package dev.revox.cluster;

import dev.revox.store.node.NodeId;

/** Who is told about nodes. <b>Thread:</b> called on the keeper's executor; must only hand on. */
public interface NodeWatcher {
    /** This engine was taken for dead, or its name has a new life: what it held as this node is no longer its own. */
    void struckOff(NodeId self);

    /** There may be attempts without an owner. */
    void ownersGone();
}
