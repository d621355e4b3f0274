package dev.revox.dispatch.live;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.call.AttemptResult;
import dev.revox.call.CallSession;
import dev.revox.order.OrderKey;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.node.NodeId;
import dev.revox.transcript.TranscriptItem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt that this engine holds: its session, and its row as last known.
 *
 * <p><b>Thread:</b> Confined to the desk, but for the session.
 */
public final class LiveCall {
    private final OrderKey order;
    private final long token;
    private final CallSession session;
    private StoredAttempt row;

    public LiveCall(OrderKey order, StoredAttempt row, long token, CallSession session) {
        this.order = order;
        this.row = row;
        this.token = token;
        this.session = session;
    }

    public OrderKey order() {
        return order;
    }

    public long token() {
        return token;
    }

    public CallSession session() {
        return session;
    }

    public String attemptId() {
        return row.attempt().id();
    }

    /** The life of this engine that began it. */
    public Optional<NodeId> owner() {
        return row.owner();
    }

    public StoredAttempt ringing() {
        return progress(AttemptStatus.RINGING, row.attempt().answeredAt());
    }

    public StoredAttempt answered(Instant at) {
        return progress(AttemptStatus.ONGOING, Optional.of(at));
    }

    private StoredAttempt progress(AttemptStatus status, Optional<Instant> answeredAt) {
        CallAttempt attempt = row.attempt();
        row = row.withAttempt(new CallAttempt(
                attempt.id(),
                attempt.phoneNumber(),
                status,
                attempt.startedAt(),
                answeredAt,
                attempt.endedAt(),
                attempt.result(),
                attempt.dialError(),
                attempt.endedBy(),
                attempt.endReason(),
                attempt.recordingUrl(),
                attempt.transcript(),
                attempt.structuredOutput()));
        return row;
    }

    public StoredAttempt ended(AttemptResult result) {
        CallAttempt attempt = row.attempt();
        CallAttempt ended = new CallAttempt(
                attempt.id(),
                attempt.phoneNumber(),
                result.status(),
                attempt.startedAt(),
                result.answeredAt(),
                Optional.of(result.endedAt()),
                result.answeredBy(),
                result.dialError(),
                result.endedBy(),
                result.endReason(),
                result.recording().map(LiveCall::uri),
                result.transcript(),
                Optional.empty());
        boolean somethingWasSaid = result.transcript().stream()
                .flatMap(java.util.List::stream)
                .anyMatch(TranscriptItem.User.class::isInstance);
        return row.ended(
                ended,
                result.failure(),
                result.media(),
                result.turns(),
                somethingWasSaid ? AnalysisState.PENDING : AnalysisState.NONE);
    }

    private static URI uri(Path file) {
        return file.toUri();
    }
}
