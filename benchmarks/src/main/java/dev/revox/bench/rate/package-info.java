/**
 * Calls per second of the SIP edge: what a call costs that is set up and taken down, beside sipp, kamailio and bare JAIN-SIP.
 *
 * <p>Door: {@code RateHarness}. Every program that is measured is a process of its own ({@code bench.peer}).
 */
@NullMarked
package dev.revox.bench.rate;

import org.jspecify.annotations.NullMarked;
