package dev.revox.schedule;

import dev.revox.schedule.NextAttempt.Reason;
import dev.revox.schedule.NextAttempt.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The function from an order's policy, zones and history to the moment of its next attempt. It reads no clock, keeps no
 * state and draws no random number, so every answer can be explained and repeated.
 *
 * <p>It first finds the earliest instant at which anything may happen (the host's wish, the delay after the last attempt, a
 * back-off), then the first callable instant from there on. It is asked again right before dialling: an order that waited
 * past the end of its window gets another instant instead of a call.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class AttemptPlanner {
    /** Beyond this there is no next attempt. */
    public static final Duration HORIZON = Duration.ofDays(366);

    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    static final Duration BACK_OFF_LIMIT = Duration.ofHours(24);

    private AttemptPlanner() {}

    /** Plans the next attempt. */
    public static NextAttempt next(PlanRequest request) {
        long counted = request.history().stream().filter(PastAttempt::counts).count();
        if (counted >= request.policy().maxAttempts()) {
            return new NextAttempt.Never(Why.ATTEMPTS_USED_UP);
        }
        if (refusedForTooLong(request)) {
            return new NextAttempt.Never(Why.REFUSED_FOR_TOO_LONG);
        }
        List<Reason> reasons = new ArrayList<>();
        Optional<Instant> wished = earliest(request, counted, reasons);
        if (wished.isEmpty()) {
            return new NextAttempt.Never(Why.NO_CALLABLE_INSTANT);
        }
        Instant earliest = wished.get();
        if (counted == 0 && forced(request)) {
            reasons.add(Reason.FORCED);
            return earliest.isAfter(request.now())
                    ? new NextAttempt.At(earliest, reasons)
                    : new NextAttempt.Now(reasons);
        }
        return withinWindows(request, later(earliest, request.now()), reasons);
    }

    private static NextAttempt withinWindows(PlanRequest request, Instant earliest, List<Reason> reasons) {
        // A first attempt may be wished for in years; a further one must follow within the horizon.
        Instant horizonStart = request.history().isEmpty()
                ? earliest
                : later(request.history().getLast().endedAt(), request.now());
        Optional<Instant> callable = new CallableTimes(
                        request.policy(), request.zones().zones())
                .firstAtOrAfter(earliest, horizonStart.plus(HORIZON));
        if (callable.isEmpty()) {
            return new NextAttempt.Never(Why.NO_CALLABLE_INSTANT);
        }
        if (callable.get().isAfter(earliest)) {
            reasons.add(Reason.CALLING_WINDOW);
        }
        return callable.get().isAfter(request.now())
                ? new NextAttempt.At(callable.get(), reasons)
                : new NextAttempt.Now(reasons);
    }

    /** The earliest instant by wish and history alone; empty when it lies beyond the horizon. */
    private static Optional<Instant> earliest(PlanRequest request, long counted, List<Reason> reasons) {
        if (request.history().isEmpty()) {
            request.scheduledAt()
                    .filter(at -> at.isAfter(request.now()))
                    .ifPresent(at -> reasons.add(Reason.SCHEDULED_AT));
            return Optional.of(firstDue(request));
        }
        PastAttempt last = request.history().getLast();
        if (last.kind() == PastAttempt.Kind.REFUSED_FOR_LOAD) {
            reasons.add(Reason.BACK_OFF);
            return Optional.of(last.endedAt().plus(backOff(request)));
        }
        Instant due;
        if (request.policy().callTwiceInARow() && counted == 1 && last.kind() == PastAttempt.Kind.NOT_REACHED) {
            reasons.add(Reason.TWICE_IN_A_ROW);
            due = last.endedAt();
        } else {
            reasons.add(Reason.RETRY_DELAY);
            Duration delay = new CallableTimes(request.policy(), request.zones().zones())
                    .retryDelayAfterStartAt(last.startedAt());
            // Compared as durations: a delay may be so long that the instant behind it cannot be written.
            if (delay.compareTo(HORIZON) > 0) {
                return Optional.empty();
            }
            due = last.endedAt().plus(delay);
        }
        if (last.notBefore().isPresent() && last.notBefore().get().isAfter(due)) {
            reasons.add(Reason.ENGINE_LOST);
            due = last.notBefore().get();
        }
        return Optional.of(due);
    }

    private static Instant firstDue(PlanRequest request) {
        return request.scheduledAt().map(at -> later(at, request.placedAt())).orElse(request.placedAt());
    }

    // A forced call that could not be made at once must not ring in the middle of the night instead.
    private static boolean forced(PlanRequest request) {
        return request.forceNow() && !request.now().isAfter(firstDue(request).plus(request.forceNowLapse()));
    }

    private static Duration backOff(PlanRequest request) {
        int refusals = refusalsInARow(request.history());
        Duration full = FIRST_BACK_OFF;
        for (int i = 1; i < refusals && full.compareTo(LONGEST_BACK_OFF) < 0; i++) {
            full = full.multipliedBy(2);
        }
        // Half of the pause is fixed, half is jitter: many orders refused together do not come back together.
        Duration capped = full.compareTo(LONGEST_BACK_OFF) < 0 ? full : LONGEST_BACK_OFF;
        long halfNanos = capped.toNanos() / 2;
        return Duration.ofNanos(halfNanos + (long) (halfNanos * request.jitter()));
    }

    private static boolean refusedForTooLong(PlanRequest request) {
        int refusals = refusalsInARow(request.history());
        if (refusals == 0) {
            return false;
        }
        Instant first =
                request.history().get(request.history().size() - refusals).startedAt();
        return !request.history().getLast().endedAt().isBefore(first.plus(BACK_OFF_LIMIT));
    }

    private static int refusalsInARow(List<PastAttempt> history) {
        int refusals = 0;
        while (refusals < history.size()
                && history.get(history.size() - 1 - refusals).kind() == PastAttempt.Kind.REFUSED_FOR_LOAD) {
            refusals++;
        }
        return refusals;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
