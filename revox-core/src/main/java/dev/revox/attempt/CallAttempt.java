package dev.revox.attempt;

import dev.revox.phone.PhoneNumber;
import dev.revox.transcript.TranscriptItem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call to the number, from the row written before the INVITE to its end.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param answeredAt set once media is agreed; an attempt with it has no {@code dialError}
 * @param structuredOutput empty until the analysis has run, and without one
 */
public record CallAttempt(
        String id,
        PhoneNumber phoneNumber,
        AttemptStatus status,
        Optional<Instant> startedAt,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        Optional<AnsweredBy> result,
        Optional<DialError> dialError,
        Optional<EndedBy> endedBy,
        Optional<EndReason> endReason,
        Optional<URI> recordingUrl,
        Optional<List<TranscriptItem>> transcript,
        Optional<Map<String, Object>> structuredOutput) {

    public CallAttempt {
        transcript = transcript.map(List::copyOf);
        structuredOutput =
                structuredOutput.map(map -> java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map)));
    }

    /** A fresh row, before anything was sent. */
    public static CallAttempt queued(String id, PhoneNumber phoneNumber, Instant startedAt) {
        return new CallAttempt(
                id,
                phoneNumber,
                AttemptStatus.QUEUED,
                Optional.of(startedAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** True once it has ended, in whatever way. */
    public boolean ended() {
        return status == AttemptStatus.COMPLETED || status == AttemptStatus.ERROR;
    }

    /** True when it got through to somebody, so that its order has had what it was placed for. */
    public boolean reachedSomebody() {
        if (result.isEmpty()) {
            return false;
        }
        boolean agentWasDone = endReason.filter(EndReason.TOOL_END_CALL::equals).isPresent();
        return switch (result.get()) {
            case HUMAN -> true;
            case IVR -> agentWasDone;
            case VOICEMAIL, UNKNOWN, IOS_SCREENING_FILTER -> false;
        };
    }

    @Override
    public String toString() {
        return "CallAttempt[" + id + ", " + status + "]";
    }
}
