/**
 * What was said and done in a call: the transcript, and the model's history of it. Door: {@link
 * dev.revox.agent.dialogue.Dialogue}. <b>Thread:</b> confined to the call thread.
 */
@NullMarked
package dev.revox.agent.dialogue;

import org.jspecify.annotations.NullMarked;
