/**
 * A call's session with a model that speaks itself, and what comes back from it. Doors: {@link
 * dev.revox.agent.realtime.session.SessionLink}, {@link dev.revox.agent.realtime.session.RealtimeSignal}, {@link
 * dev.revox.agent.realtime.session.RealtimeParts}.
 */
@NullMarked
package dev.revox.agent.realtime.session;

import org.jspecify.annotations.NullMarked;
