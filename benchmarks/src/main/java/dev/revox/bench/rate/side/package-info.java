/** The ways to answer and to place calls that are measured, each in a process of its own: bare JAIN-SIP, and a line of ours. */
@NullMarked
package dev.revox.bench.rate.side;

import org.jspecify.annotations.NullMarked;
