package dev.revox.lifecycle;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.line.SipFailure;
import dev.revox.line.SipFailure.RetryAdvice;
import dev.revox.order.Direction;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.PastAttempt;
import dev.revox.store.StoredAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of what an attempt's end means for its order.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
public final class Settlement {
    /** How long after its row an INVITE may still leave. */
    public static final Duration CERTAINTY_MARGIN = Duration.ofSeconds(60);

    private static final int UNWANTED = 607;
    private static final int REJECTED = 608;

    private Settlement() {}

    /** The status that settles the order, or empty when it may be tried again. */
    public static Optional<OrderStatus> of(PlacedOrder order, StoredAttempt ended) {
        CallAttempt attempt = ended.attempt();
        if (order.direction() == Direction.INBOUND) {
            return Optional.of(OrderStatus.COMPLETED);
        }
        if (attempt.reachedSomebody()) {
            return Optional.of(OrderStatus.COMPLETED);
        }
        return permanent(attempt, ended.failure()) ? Optional.of(OrderStatus.ERRORED) : Optional.empty();
    }

    private static boolean permanent(CallAttempt attempt, Optional<SipFailure> failure) {
        if (attempt.dialError().isEmpty()) {
            return false;
        }
        Optional<RetryAdvice> advice = failure.flatMap(SipFailure::retry);
        if (advice.isPresent()) {
            return advice.get() == RetryAdvice.NEVER || advice.get() == RetryAdvice.NEVER_AND_SUPPRESS;
        }
        return switch (attempt.dialError().get()) {
            case NUMBER_NON_ATTRIBUTED, NO_INTERNATIONAL_PERMISSION, PRECONDITION_FAILED -> true;
            case NON_CLASSIFIED_ERROR -> failure.filter(Settlement::blocked).isPresent();
            case TOO_MANY_CALLS, BUSY, TEMPORARILY_UNAVAILABLE, NO_ANSWER -> false;
        };
    }

    /** Whether the number is to be called no more by anybody of the tenant. */
    static boolean suppresses(StoredAttempt ended) {
        return ended.failure()
                .flatMap(SipFailure::retry)
                .filter(RetryAdvice.NEVER_AND_SUPPRESS::equals)
                .isPresent();
    }

    /** The callee, or a network on its behalf, does not want our calls; for a line that gives no advice. */
    private static boolean blocked(SipFailure failure) {
        int status = failure.sipStatus().orElse(0);
        String phrase = failure.reasonPhrase().orElse("").toLowerCase(Locale.ROOT);
        return status == UNWANTED
                || status == REJECTED
                || phrase.contains("network blocked")
                || phrase.contains("32203");
    }

    /** Attempts that count against the maximum, live ones included. */
    public static int countedAttempts(List<StoredAttempt> attempts) {
        return (int) attempts.stream().filter(stored -> !refusedForLoad(stored)).count();
    }

    private static boolean refusedForLoad(StoredAttempt stored) {
        return stored.failure()
                .flatMap(SipFailure::retry)
                .map(RetryAdvice.RETRY_UNCOUNTED::equals)
                .orElseGet(() -> stored.attempt()
                        .dialError()
                        .filter(DialError.TOO_MANY_CALLS::equals)
                        .isPresent());
    }

    /** What planning needs to know of the attempts, oldest first. */
    public static List<PastAttempt> history(PlacedOrder order, List<StoredAttempt> newestFirst, Duration ringTimeout) {
        return newestFirst.reversed().stream()
                .filter(stored -> stored.attempt().ended())
                .map(stored -> past(order, stored, ringTimeout))
                .toList();
    }

    private static PastAttempt past(PlacedOrder order, StoredAttempt stored, Duration ringTimeout) {
        CallAttempt attempt = stored.attempt();
        Instant ended = attempt.endedAt().orElse(order.updatedAt());
        Instant started = attempt.startedAt().orElse(ended);
        if (attempt.endReason().filter(EndReason.ENGINE_LOST::equals).isPresent()) {
            Instant over = certainlyOver(order, attempt, ringTimeout, ended);
            return new PastAttempt(started, ended, PastAttempt.Kind.ENGINE_LOST, Optional.of(over));
        }
        if (refusedForLoad(stored)) {
            return PastAttempt.of(started, ended, PastAttempt.Kind.REFUSED_FOR_LOAD);
        }
        boolean human = attempt.result().filter(AnsweredBy.HUMAN::equals).isPresent();
        return PastAttempt.of(started, ended, human ? PastAttempt.Kind.REACHED : PastAttempt.Kind.NOT_REACHED);
    }

    /**
     * When a call whose engine is gone is over, whatever became of it: it rang as long as it may, was held as long as it may be,
     * and a minute more for an engine that stood still before it dialled.
     *
     * @param fallback stands for a start that is not known
     */
    public static Instant certainlyOver(
            PlacedOrder order, CallAttempt attempt, Duration ringTimeout, Instant fallback) {
        return attempt.startedAt()
                .orElse(fallback)
                .plus(ringTimeout)
                .plus(order.assistant().speaking().maxCallDuration())
                .plus(CERTAINTY_MARGIN);
    }

    /** The row of an attempt whose engine is gone. */
    public static CallAttempt engineLost(CallAttempt attempt, Instant now) {
        return new CallAttempt(
                attempt.id(),
                attempt.phoneNumber(),
                AttemptStatus.ERROR,
                attempt.startedAt(),
                attempt.answeredAt(),
                Optional.of(now),
                attempt.result(),
                attempt.dialError(),
                Optional.of(EndedBy.SYSTEM),
                Optional.of(EndReason.ENGINE_LOST),
                attempt.recordingUrl(),
                attempt.transcript(),
                attempt.structuredOutput());
    }
}
