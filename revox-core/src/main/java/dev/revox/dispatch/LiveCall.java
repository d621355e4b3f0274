package dev.revox.dispatch;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.call.AttemptResult;
import dev.revox.call.CallSession;
import dev.revox.order.OrderKey;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
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
final class LiveCall {
    private final OrderKey order;
    private final long token;
    private final CallSession session;
    private CallAttempt attempt;

    LiveCall(OrderKey order, CallAttempt attempt, long token, CallSession session) {
        this.order = order;
        this.attempt = attempt;
        this.token = token;
        this.session = session;
    }

    OrderKey order() {
        return order;
    }

    long token() {
        return token;
    }

    CallSession session() {
        return session;
    }

    String attemptId() {
        return attempt.id();
    }

    StoredAttempt ringing() {
        attempt = with(AttemptStatus.RINGING, attempt.answeredAt());
        return StoredAttempt.of(attempt);
    }

    StoredAttempt answered(Instant at) {
        attempt = with(AttemptStatus.ONGOING, Optional.of(at));
        return StoredAttempt.of(attempt);
    }

    private CallAttempt with(AttemptStatus status, Optional<Instant> answeredAt) {
        return new CallAttempt(
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
                attempt.structuredOutput());
    }

    StoredAttempt ended(AttemptResult result) {
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
        return new StoredAttempt(
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
