/** A model's text in pieces that can be spoken by themselves. Door: {@link dev.revox.agent.speech.clause.ClauseSplitter}. */
@NullMarked
package dev.revox.agent.speech.clause;

import org.jspecify.annotations.NullMarked;
