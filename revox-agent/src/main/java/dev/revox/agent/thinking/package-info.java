/** The agent's mind: one question to a language model at a time. Door: {@link dev.revox.agent.thinking.Thinker}. */
@NullMarked
package dev.revox.agent.thinking;

import org.jspecify.annotations.NullMarked;
