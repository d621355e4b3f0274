/**
 * Whole conversations over real SIP and RTP, timed by the packets at the far end: how soon a turn is answered and how soon the agent
 * falls silent. Door: {@link dev.revox.bench.latency.LatencyHarness}; neighbours: the engine, its SIP line, and the telephone and
 * providers of the testkit.
 */
@NullMarked
package dev.revox.bench.latency;

import org.jspecify.annotations.NullMarked;
