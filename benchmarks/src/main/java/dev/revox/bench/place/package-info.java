/** How quickly orders are accepted, and how soon one that is due reaches the wire. Door: {@link dev.revox.bench.place.PlaceHarness}. */
@NullMarked
package dev.revox.bench.place;

import org.jspecify.annotations.NullMarked;
