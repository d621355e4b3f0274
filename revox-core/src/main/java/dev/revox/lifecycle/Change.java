package dev.revox.lifecycle;

import dev.revox.store.Transition;

/**
 * What a step does to an order.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Change {
    /** The order becomes another one, once this is stored. */
    record To(Transition transition) implements Change {}

    /** It is as the step wants it already. */
    record None() implements Change {}

    /** The order is past this step, or has not come to it. */
    record Impossible(String why) implements Change {}
}
