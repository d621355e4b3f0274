/** What one step of a conversation collects. Door: {@link dev.revox.agent.step.Outbox}. */
@NullMarked
package dev.revox.agent.step;

import org.jspecify.annotations.NullMarked;
