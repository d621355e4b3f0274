/** The agent port. Doors: {@link dev.revox.conversation.VoiceAgent}, {@link dev.revox.conversation.Conversation}. */
@NullMarked
package dev.revox.conversation;

import org.jspecify.annotations.NullMarked;
