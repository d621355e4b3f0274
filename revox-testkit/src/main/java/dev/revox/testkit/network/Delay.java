package dev.revox.testkit.network;

/**
 * How long packets take beyond the fastest, each independent of the others: where that is more than they are apart, packets
 * overtake each other.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Delay {

    /** Anything between nothing and a maximum, equally likely. */
    record Uniform(double maxMs) implements Delay {}

    /** A bell curve, cut off four deviations below its middle, where the fastest packets are. */
    record Normal(double sigmaMs) implements Delay {}
}
