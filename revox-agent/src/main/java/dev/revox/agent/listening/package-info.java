/** The agent's ear: from a leg's frames to recognised words. Door: {@link dev.revox.agent.listening.Listener}. */
@NullMarked
package dev.revox.agent.listening;

import org.jspecify.annotations.NullMarked;
