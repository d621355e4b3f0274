/**
 * What the words of a turn say about its end: the text rules of seven languages. Doors: {@link
 * dev.revox.agent.turn.text.Completeness}, {@link dev.revox.agent.turn.text.Backchannel}.
 */
@NullMarked
package dev.revox.agent.turn.text;

import org.jspecify.annotations.NullMarked;
