/** Whose turn it is. */
@NullMarked
package dev.revox.agent.turn;

import org.jspecify.annotations.NullMarked;
