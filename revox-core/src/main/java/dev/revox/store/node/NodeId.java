package dev.revox.store.node;

/**
 * One life of one engine on a store.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name chosen by the host, or at random; the same after a restart when the host chooses it
 * @param incarnation given by the store, higher with each {@link NodeRegistry#join} of the name
 */
public record NodeId(String name, long incarnation) {}
