/** What a call meant for the host's business. Door: {@link dev.revox.outcome.OutcomeAnalyzer}. */
@NullMarked
package dev.revox.outcome;

import org.jspecify.annotations.NullMarked;
