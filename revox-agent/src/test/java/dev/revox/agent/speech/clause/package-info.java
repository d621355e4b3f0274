/** Clauses and what was heard of them. */
@NullMarked
package dev.revox.agent.speech.clause;

import org.jspecify.annotations.NullMarked;
