package dev.revox.store;

import dev.revox.attempt.CallAttempt;
import dev.revox.conversation.TurnLatency;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.store.node.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An attempt's row: what the call API shows of it, and what only the Java API tells.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param failure the line's own words for a call that was not answered
 * @param turns latencies of the answered turns
 * @param owner the engine that made it
 * @param line the name of the line that carries it, when that line has a budget
 * @param holdsUntil how long it keeps its slots although it has ended: its engine was lost, and the call may still be up
 */
public record StoredAttempt(
        CallAttempt attempt,
        Optional<SipFailure> failure,
        MediaReport media,
        List<TurnLatency> turns,
        AnalysisState analysis,
        Optional<NodeId> owner,
        Optional<String> line,
        Optional<Instant> holdsUntil) {
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
    public static StoredAttempt of(CallAttempt attempt, NodeId owner, Optional<String> line) {
        return new StoredAttempt(
                attempt,
                Optional.empty(),
                MediaReport.NONE,
                List.of(),
                AnalysisState.NONE,
                Optional.of(owner),
                line,
                Optional.empty());
    }

    public StoredAttempt withAttempt(CallAttempt changed) {
        return new StoredAttempt(changed, failure, media, turns, analysis, owner, line, holdsUntil);
    }

    public StoredAttempt withAnalysis(AnalysisState state) {
        return new StoredAttempt(attempt, failure, media, turns, state, owner, line, holdsUntil);
    }

    /** The row after the call. */
    public StoredAttempt ended(
            CallAttempt end,
            Optional<SipFailure> sipFailure,
            MediaReport report,
            List<TurnLatency> latencies,
            AnalysisState state) {
        return new StoredAttempt(end, sipFailure, report, latencies, state, owner, line, holdsUntil);
    }

    /** The row of a call whose engine is gone; until an instant it counts as live for every limit. */
    public StoredAttempt lost(CallAttempt end, Instant until) {
        return new StoredAttempt(end, failure, media, turns, analysis, owner, line, Optional.of(until));
    }

    /** True while it takes up a slot. */
    public boolean holdsSlot(Instant now) {
        return !attempt.ended() || holdsUntil.filter(now::isBefore).isPresent();
    }
}
