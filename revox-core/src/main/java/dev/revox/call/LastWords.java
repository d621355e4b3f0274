package dev.revox.call;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import java.util.Optional;

/**
 * Who ended a call and why: the words of whoever decided first, or else what the leg's end says.
 *
 * <p><b>Thread:</b> Immutable.
 */
record LastWords(
        AttemptStatus status, Optional<DialError> dialError, Optional<EndedBy> endedBy, Optional<EndReason> endReason) {

    /** An end that was decided on our side: by the conversation, the host, or a deadline. */
    record Decision(EndedBy endedBy, EndReason reason) {
        static final Decision DEFECT = new Decision(EndedBy.SYSTEM, EndReason.INTERNAL_ERROR);
    }

    static LastWords of(boolean answered, Optional<Decision> decided, Optional<LegEvent> terminal) {
        if (decided.isPresent()) {
            return ofDecision(answered, decided.get());
        }
        if (terminal.isPresent() && terminal.get() instanceof LegEvent.Ended ended) {
            return ofLeg(answered, ended.cause());
        }
        if (!answered && terminal.isPresent() && terminal.get() instanceof LegEvent.DialFailed failed) {
            return new LastWords(AttemptStatus.ERROR, Optional.of(failed.error()), Optional.empty(), Optional.empty());
        }
        return ofDecision(answered, Decision.DEFECT);
    }

    private static LastWords ofLeg(boolean answered, LegEnd cause) {
        return switch (cause) {
            case REMOTE_HANGUP ->
                new LastWords(
                        answered ? AttemptStatus.COMPLETED : AttemptStatus.ERROR,
                        Optional.empty(),
                        Optional.of(EndedBy.USER),
                        Optional.empty());
            case TRANSFERRED -> ofDecision(answered, new Decision(EndedBy.AGENT, EndReason.TRANSFER));
            case MEDIA_TIMEOUT -> ofDecision(answered, new Decision(EndedBy.SYSTEM, EndReason.MEDIA_TIMEOUT));
            case SESSION_EXPIRED -> ofDecision(answered, new Decision(EndedBy.SYSTEM, EndReason.SESSION_EXPIRED));
            // A local hang-up that nobody here asked for is the line closing under us.
            case LOCAL_HANGUP, INTERNAL_ERROR -> ofDecision(answered, Decision.DEFECT);
        };
    }

    private static LastWords ofDecision(boolean answered, Decision decision) {
        boolean defect = decision.reason() == EndReason.INTERNAL_ERROR;
        return new LastWords(
                answered && !defect ? AttemptStatus.COMPLETED : AttemptStatus.ERROR,
                defect && !answered ? Optional.of(DialError.NON_CLASSIFIED_ERROR) : Optional.empty(),
                Optional.of(decision.endedBy()),
                Optional.of(decision.reason()));
    }
}
