/**
 * Whole calls beside a flood of malformed SIP messages.
 *
 * <p>Door: {@code FloodHarness}. Neighbour: {@code bench.calls} for the calls.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.flood;
