/**
 * A conversation through a model that listens and speaks itself. Door: {@link
 * dev.revox.agent.realtime.talk.RealtimeConversation}.
 */
@NullMarked
package dev.revox.agent.realtime.talk;

import org.jspecify.annotations.NullMarked;
