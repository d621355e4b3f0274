package dev.revox.store;

import dev.revox.attempt.CallAttempt;
import dev.revox.conversation.TurnLatency;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import java.util.List;
import java.util.Optional;

/**
 * An attempt's row: what the call API shows of it, and what only the Java API tells.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param failure the line's own words for a call that was not answered
 * @param turns latencies of the answered turns
 */
public record StoredAttempt(
        CallAttempt attempt,
        Optional<SipFailure> failure,
        MediaReport media,
        List<TurnLatency> turns,
        AnalysisState analysis) {
    /** How far the analysis of a finished call is. */
    public enum AnalysisState {
        /** There is nothing to analyse, or not yet. */
        NONE,
        PENDING,
        DONE,
        /** Given up: no provider could do it. */
        FAILED
    }

    public StoredAttempt {
        turns = List.copyOf(turns);
    }

    /** The row before the INVITE. */
    public static StoredAttempt of(CallAttempt attempt) {
        return new StoredAttempt(attempt, Optional.empty(), MediaReport.NONE, List.of(), AnalysisState.NONE);
    }

    public StoredAttempt withAttempt(CallAttempt changed) {
        return new StoredAttempt(changed, failure, media, turns, analysis);
    }

    public StoredAttempt withAnalysis(AnalysisState state) {
        return new StoredAttempt(attempt, failure, media, turns, state);
    }
}
