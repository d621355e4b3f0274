/**
 * How soon, and how well, a model's text is cut for the voice. Door: {@link dev.revox.bench.clauses.ClauseHarness}.
 */
@NullMarked
package dev.revox.bench.clauses;

import org.jspecify.annotations.NullMarked;
