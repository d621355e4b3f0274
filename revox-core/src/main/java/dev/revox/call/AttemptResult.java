package dev.revox.call;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.TurnLatency;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.transcript.TranscriptItem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one end of a session. Its {@code toString} holds no spoken text.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param status {@code COMPLETED} or {@code ERROR}
 * @param answeredBy present when it was answered
 * @param transcript present when it was answered
 * @param unusable why the conversation could not even be opened, and never will be without a change
 * @param failure what the line said of a call that was not answered
 */
public record AttemptResult(
        AttemptStatus status,
        Optional<Instant> answeredAt,
        Instant endedAt,
        Optional<AnsweredBy> answeredBy,
        Optional<DialError> dialError,
        Optional<String> unusable,
        Optional<SipFailure> failure,
        Optional<EndedBy> endedBy,
        Optional<EndReason> endReason,
        Optional<Path> recording,
        Optional<List<TranscriptItem>> transcript,
        List<TurnLatency> turns,
        MediaReport media) {

    public AttemptResult {
        transcript = transcript.map(List::copyOf);
        turns = List.copyOf(turns);
    }

    @Override
    public String toString() {
        return "AttemptResult[" + status + ", " + answeredBy + ", " + dialError + ", " + endedBy + ", " + endReason
                + "]";
    }
}
