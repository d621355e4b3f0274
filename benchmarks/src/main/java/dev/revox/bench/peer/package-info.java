/**
 * Programs that are measured, each in a process of its own: those of others beside ours.
 *
 * <p>Doors: {@code NodeScript}, {@code MeasuredProcess}.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.peer;
