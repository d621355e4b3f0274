/**
 * The agent's ear: from a leg's frames to recognised words. Doors: {@link dev.revox.agent.listening.Listener}, and {@link
 * dev.revox.agent.listening.EarPump} for who gives the sound to somebody else.
 */
@NullMarked
package dev.revox.agent.listening;

import org.jspecify.annotations.NullMarked;
