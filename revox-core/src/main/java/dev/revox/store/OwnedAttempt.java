package dev.revox.store;

import dev.revox.order.OrderKey;
import dev.revox.store.node.NodeId;

/** A live attempt and the engine that holds it. <b>Thread:</b> Immutable. */
public record OwnedAttempt(OrderKey order, String attemptId, NodeId owner) {}
