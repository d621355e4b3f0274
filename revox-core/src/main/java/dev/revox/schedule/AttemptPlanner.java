package dev.revox.schedule;

import dev.revox.schedule.NextAttempt.Reason;
import dev.revox.schedule.NextAttempt.Why;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.CallableTimes;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.schedule.limit.Limits;
import dev.revox.schedule.limit.WeekHours;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The function from an order's policy, zones, history and limits to the moment of its next attempt. It reads no clock, keeps no
 * state and draws no random number, so every answer can be explained and repeated. It answers every request and never throws.
 *
 * <p>It first finds the earliest instant at which anything may happen: the host's wish, the delay after the last attempt, a
 * back-off, caps, guards. From there on it takes the first callable instant. It is asked again right before dialling: an order
 * that waited past the end of its window gets another instant instead of a call.
 *
 * <p>{@code force_now} frees the first attempt from the order's own windows and days until it lapses. An instant that a law, a
 * closed day, a cap or a guard pushes beyond the lapse obeys the windows again, so planning anew at that instant agrees.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class AttemptPlanner {
    /** Beyond this there is no next attempt. */
    public static final Duration HORIZON = Duration.ofDays(366);

    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    static final Duration BACK_OFF_LIMIT = Duration.ofHours(24);

    /** In the year 100 000; nothing is planned from there on, where local dates come near the end of the calendar. */
    private static final long END_OF_TIME = 3_093_527_980_800L;

    private static final List<List<Reason>> MOVED = List.of(
            List.of(),
            List.of(Reason.CALLING_WINDOW),
            List.of(Reason.HOLIDAY),
            List.of(Reason.CALLING_WINDOW, Reason.HOLIDAY),
            List.of(Reason.LEGAL_HOURS),
            List.of(Reason.CALLING_WINDOW, Reason.LEGAL_HOURS),
            List.of(Reason.HOLIDAY, Reason.LEGAL_HOURS),
            List.of(Reason.CALLING_WINDOW, Reason.HOLIDAY, Reason.LEGAL_HOURS));

    private AttemptPlanner() {}

    /**
     * An instant before which there is no attempt, and what says so.
     *
     * @param detail the name of the cap, or the words of the guard
     */
    public record Bound(Instant until, Reason reason, String detail) {
        Bound(Instant until, Reason reason) {
            this(until, reason, "");
        }
    }

    /** Plans the next attempt. */
    public static NextAttempt next(PlanRequest request) {
        long counted = request.countedAttempts();
        Optional<NextAttempt.Never> over = over(request, counted);
        if (over.isPresent()) {
            return over.get();
        }
        List<Reason> reasons = new ArrayList<>(4);
        Instant base = request.now();
        List<Bound> wishes = wishes(request, counted);
        for (int i = 0; i < wishes.size(); i++) {
            Bound wish = wishes.get(i);
            if (wish.reason() != Reason.SCHEDULED_AT || wish.until().isAfter(base)) {
                reasons.add(wish.reason());
            }
            base = later(base, wish.until());
        }
        long horizon = horizon(request, base);
        if (base.getEpochSecond() >= horizon) {
            return new NextAttempt.Never(Why.NO_CALLABLE_INSTANT);
        }
        for (Bound bound : limitBounds(request.limits())) {
            if (bound.until().isAfter(base)) {
                reasons.add(bound.reason());
                base = bound.until();
                if (base.getEpochSecond() >= horizon) {
                    return new NextAttempt.Never(
                            bound.reason() == Reason.CAP_REACHED ? Why.CAP_REACHED : Why.GUARD_NOT_BEFORE,
                            Optional.of(bound.detail()));
                }
            }
        }
        return search(request, counted, base, horizon, reasons);
    }

    /**
     * Instants before which there is no attempt, in the order in which they are applied: by wish and history, then by caps and
     * guards. For those who explain a plan.
     */
    public static List<Bound> bounds(PlanRequest request) {
        List<Bound> bounds = new ArrayList<>(wishes(request, request.countedAttempts()));
        bounds.addAll(limitBounds(request.limits()));
        return bounds;
    }

    /** Until when an attempt is free from its own windows and days; empty when it is not. For those who explain a plan. */
    public static Optional<Instant> freedUntil(PlanRequest request) {
        return freed(request, request.countedAttempts()) ? Optional.of(lapse(request)) : Optional.empty();
    }

    private static NextAttempt search(
            PlanRequest request, long counted, Instant base, long horizon, List<Reason> reasons) {
        long from = base.getEpochSecond();
        if (freed(request, counted)) {
            Instant lapse = lapse(request);
            CallableTimes times = times(request, WeekHours.ALWAYS);
            long found = base.isAfter(lapse)
                    ? CallableTimes.NONE
                    : times.firstAtOrAfter(from, Math.min(horizon, lapse.getEpochSecond() + 1));
            if (found != CallableTimes.NONE && !instant(found, base).isAfter(lapse)) {
                reasons.add(Reason.FORCED);
                return answer(request, instant(found, base), times, reasons);
            }
        }
        CallableTimes times = times(request, request.policy().hours());
        long found = times.firstAtOrAfter(from, horizon);
        return found == CallableTimes.NONE
                ? new NextAttempt.Never(Why.NO_CALLABLE_INSTANT)
                : answer(request, instant(found, base), times, reasons);
    }

    private static CallableTimes times(PlanRequest request, WeekHours own) {
        return new CallableTimes(own, request.limits(), request.zones().zones());
    }

    private static NextAttempt answer(PlanRequest request, Instant at, CallableTimes times, List<Reason> reasons) {
        reasons.addAll(MOVED.get(times.moved()));
        return at.isAfter(request.now()) ? new NextAttempt.At(at, reasons) : new NextAttempt.Now(reasons);
    }

    // A base that is callable itself keeps its part of a second; boundaries have none.
    private static Instant instant(long second, Instant base) {
        return second == base.getEpochSecond() ? base : Instant.ofEpochSecond(second);
    }

    private static Optional<NextAttempt.Never> over(PlanRequest request, long counted) {
        if (counted >= request.policy().maxAttempts()) {
            return Optional.of(new NextAttempt.Never(Why.ATTEMPTS_USED_UP));
        }
        if (refusedForTooLong(request)) {
            return Optional.of(new NextAttempt.Never(Why.REFUSED_FOR_TOO_LONG));
        }
        List<GuardAnswer> guards = request.limits().guards();
        for (int i = 0; i < guards.size(); i++) {
            if (guards.get(i) instanceof GuardAnswer.Never never) {
                return Optional.of(new NextAttempt.Never(Why.VETO, Optional.of(never.why())));
            }
        }
        return Optional.empty();
    }

    /** A first attempt may be wished for in years; a further one must follow within the horizon. */
    private static long horizon(PlanRequest request, Instant wished) {
        Instant start = request.history().isEmpty()
                ? later(wished, request.now())
                : later(request.history().getLast().endedAt(), request.now());
        return Math.min(start.getEpochSecond() + HORIZON.toSeconds(), END_OF_TIME);
    }

    /** Bounds by wish and history; the last one counts, the others have been overtaken. */
    private static List<Bound> wishes(PlanRequest request, long counted) {
        if (request.history().isEmpty()) {
            Bound due = new Bound(request.firstDue(), Reason.SCHEDULED_AT);
            return List.of(due);
        }
        Bound due = dueAfter(request, counted, request.history().getLast());
        Instant over = certainlyOver(request.history());
        return over.isAfter(due.until()) ? List.of(due, new Bound(over, Reason.ENGINE_LOST)) : List.of(due);
    }

    private static Bound dueAfter(PlanRequest request, long counted, PastAttempt last) {
        Instant ended = last.endedAt();
        if (last.kind() == PastAttempt.Kind.REFUSED_FOR_LOAD) {
            return new Bound(plus(ended, backOff(request)), Reason.BACK_OFF);
        }
        boolean twice =
                request.policy().callTwiceInARow() && counted == 1 && last.kind() == PastAttempt.Kind.NOT_REACHED;
        Duration delay = twice
                ? Duration.ZERO
                : request.policy().delayAfterStartAt(request.zones().zones(), last.startedAt());
        return new Bound(plus(ended, delay), twice ? Reason.TWICE_IN_A_ROW : Reason.RETRY_DELAY);
    }

    // Of all attempts and not only of the last one: where a clock was set back, an earlier one's may be later.
    private static Instant certainlyOver(List<PastAttempt> history) {
        Instant latest = Instant.MIN;
        for (int i = 0; i < history.size(); i++) {
            latest = later(latest, history.get(i).notBefore().orElse(Instant.MIN));
        }
        return latest;
    }

    /** Bounds by caps and guards. */
    private static List<Bound> limitBounds(Limits limits) {
        if (limits.caps().isEmpty() && limits.guards().isEmpty()) {
            return List.of();
        }
        List<Bound> bounds = new ArrayList<>();
        for (AttemptCap cap : limits.caps()) {
            cap.reachedUntil(limits.attemptStarts())
                    .ifPresent(until -> bounds.add(new Bound(until, Reason.CAP_REACHED, cap.name())));
        }
        for (GuardAnswer answer : limits.guards()) {
            if (answer instanceof GuardAnswer.NotBefore wait) {
                bounds.add(new Bound(wait.instant(), Reason.GUARD_NOT_BEFORE, wait.why()));
            }
        }
        return bounds;
    }

    /** True while the attempt is a first one that the host has asked to make at once. */
    private static boolean freed(PlanRequest request, long counted) {
        return counted == 0 && request.forceNow();
    }

    // A forced call that could not be made at once must not ring in the middle of the night instead.
    private static Instant lapse(PlanRequest request) {
        return plus(request.firstDue(), request.forceNowLapse());
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
        return !request.history().getLast().endedAt().isBefore(plus(first, BACK_OFF_LIMIT));
    }

    private static int refusalsInARow(List<PastAttempt> history) {
        int refusals = 0;
        while (refusals < history.size()
                && history.get(history.size() - 1 - refusals).kind() == PastAttempt.Kind.REFUSED_FOR_LOAD) {
            refusals++;
        }
        return refusals;
    }

    /** As {@link Instant#plus}, but a sum that cannot be written is the first or last instant that can. */
    private static Instant plus(Instant instant, Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= Instant.MAX.getEpochSecond() - instant.getEpochSecond()) {
            return Instant.MAX;
        }
        return seconds <= Instant.MIN.getEpochSecond() - instant.getEpochSecond()
                ? Instant.MIN
                : instant.plus(duration);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
