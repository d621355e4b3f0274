/** Where the time of each turn goes. Door: {@link dev.revox.agent.latency.LatencyBook}. */
@NullMarked
package dev.revox.agent.latency;

import org.jspecify.annotations.NullMarked;
