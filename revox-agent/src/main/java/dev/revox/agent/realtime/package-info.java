/**
 * The port to models that listen and speak themselves. Door: {@link dev.revox.agent.realtime.RealtimeModel}; who offers one is a
 * sub-room of its own, who talks through one is {@code talk}.
 */
@NullMarked
package dev.revox.agent.realtime;

import org.jspecify.annotations.NullMarked;
