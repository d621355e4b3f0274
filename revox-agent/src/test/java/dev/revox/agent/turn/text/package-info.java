/** What the words of a turn say about its end. */
@NullMarked
package dev.revox.agent.turn.text;

import org.jspecify.annotations.NullMarked;
