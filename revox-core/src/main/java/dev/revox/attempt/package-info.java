/** One call to the number and what came of it. Door: {@link dev.revox.attempt.CallAttempt}. */
@NullMarked
package dev.revox.attempt;

import org.jspecify.annotations.NullMarked;
