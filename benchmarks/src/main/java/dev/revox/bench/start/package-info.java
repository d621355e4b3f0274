/**
 * What a start costs: a JVM that has done nothing yet builds an engine and calls somebody.
 *
 * <p>Door: {@code StartHarness}. Each figure comes from a process of its own. Neighbour: {@code bench.far} for the telephone.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.start;
