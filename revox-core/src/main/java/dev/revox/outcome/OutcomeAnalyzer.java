package dev.revox.outcome;

import java.util.concurrent.CompletionStage;

/** Draws outcome and structured output from a finished call. <b>Thread:</b> Thread-safe. */
@FunctionalInterface
public interface OutcomeAnalyzer {

    /** Fails with a {@code RevoxException} when no provider could answer; the caller retries if it is retryable. */
    CompletionStage<CallAnalysis> analyze(AnalysisRequest request);
}
