package dev.revox.order.planted.other;

import dev.revox.order.planted.ForeignGuests;

/** Planted: the other half of a cycle between rooms. */
public final class Neighbour {

    public ForeignGuests back() {
        return new ForeignGuests();
    }
}
