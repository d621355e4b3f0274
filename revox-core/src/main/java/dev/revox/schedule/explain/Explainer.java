package dev.revox.schedule.explain;

import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.explain.Explanation.Cause;
import dev.revox.schedule.explain.Explanation.Stretch;
import dev.revox.schedule.limit.CallableTimes;
import dev.revox.schedule.limit.LegalHours;
import dev.revox.schedule.limit.WeekHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks from the beginning of an order's waiting to the planner's answer and names what refuses each stretch on the way. It
 * never looks for an instant of its own, so it cannot tell of another one than the planner's.
 *
 * <p><b>Thread:</b> Confined to one explanation. <b>Units:</b> as in {@link CallableTimes}.
 */
public final class Explainer {
    /** Of an order that can never be called, as much is told as repeats itself. */
    private static final Duration SHOWN_OF_NOTHING = Duration.ofDays(7);

    /** The walk keeps off the calendar's end. */
    private static final Instant LAST_SHOWN = Instant.parse("+99999-01-01T00:00:00Z");

    /** A stretch may be made of any number of equal days; a year of them has a few parts a day. */
    private static final int MAX_PARTS = 2_000;

    private final PlanRequest request;
    private final List<Stretch> stretches = new ArrayList<>();
    private final Optional<Instant> freedUntil;
    private boolean cut;

    private Explainer(PlanRequest request, Optional<Instant> freedUntil) {
        this.request = request;
        this.freedUntil = freedUntil;
    }

    /**
     * Says why the next attempt is at its instant and why each earlier stretch of time was refused. It answers every request and
     * never throws. Slow beside {@link AttemptPlanner#next}: for people, not for every decision.
     */
    public static Explanation explain(PlanRequest request) {
        NextAttempt answer = AttemptPlanner.next(request);
        Explainer walk = new Explainer(request, AttemptPlanner.freedUntil(request));
        Instant start = request.history().isEmpty()
                ? request.placedAt()
                : request.history().getLast().endedAt();
        switch (answer) {
            case NextAttempt.Now now -> walk.until(start, request.now());
            case NextAttempt.At at -> walk.until(start, at.instant());
            case NextAttempt.Never never -> walk.never(start, never);
        }
        return new Explanation(answer, request.zones(), walk.stretches, walk.cut);
    }

    private void never(Instant start, NextAttempt.Never never) {
        Instant from = start;
        Cause cause = switch (never.why()) {
            case ATTEMPTS_USED_UP -> Cause.ATTEMPTS_USED_UP;
            case REFUSED_FOR_TOO_LONG -> Cause.REFUSED_FOR_TOO_LONG;
            case VETO -> Cause.VETO;
            case CAP_REACHED -> Cause.CAP_REACHED;
            case GUARD_NOT_BEFORE -> Cause.GUARD_NOT_BEFORE;
            case NO_CALLABLE_INSTANT -> Cause.NOTHING_CALLABLE;
        };
        if (cause == Cause.NOTHING_CALLABLE) {
            from = bounds(start, Instant.MAX);
            if (from.isBefore(LAST_SHOWN)) {
                Instant week = from.plus(SHOWN_OF_NOTHING);
                until(from, week);
                from = week;
            }
        }
        if (from.isBefore(Instant.MAX) && !cut) {
            tell(new Stretch(
                    from,
                    Optional.empty(),
                    cause,
                    Optional.empty(),
                    never.detail().orElse("")));
        }
    }

    private void until(Instant start, Instant end) {
        Instant at = bounds(start, end);
        for (int parts = 0; at.isBefore(end) && !cut; parts++) {
            at = calendar(at, end);
            cut |= parts == MAX_PARTS;
        }
    }

    private Instant bounds(Instant start, Instant end) {
        Instant at = start;
        for (AttemptPlanner.Bound bound : AttemptPlanner.bounds(request)) {
            Instant until = bound.until().isBefore(end) ? bound.until() : end;
            if (until.isAfter(at)) {
                add(at, until, cause(bound.reason()), Optional.empty(), bound.detail());
                at = until;
            }
        }
        return at;
    }

    private static Cause cause(NextAttempt.Reason reason) {
        return switch (reason) {
            case SCHEDULED_AT -> Cause.SCHEDULED_AT;
            case BACK_OFF -> Cause.BACK_OFF;
            case ENGINE_LOST -> Cause.ENGINE_LOST;
            case CAP_REACHED -> Cause.CAP_REACHED;
            case GUARD_NOT_BEFORE -> Cause.GUARD_NOT_BEFORE;
            case RETRY_DELAY, TWICE_IN_A_ROW -> Cause.RETRY_DELAY;
            case FORCED, CALLING_WINDOW, HOLIDAY, LEGAL_HOURS ->
                throw new IllegalArgumentException(reason + " is no bound");
        };
    }

    /** Tells of the stretch that an instant lies in and returns its end. */
    private Instant calendar(Instant at, Instant end) {
        boolean freed = freedUntil.isPresent() && !at.isAfter(freedUntil.get());
        Instant latest =
                freed && freedUntil.get().isBefore(end) ? freedUntil.get().plusNanos(1) : end;
        long second = at.getEpochSecond();
        long passes = CallableTimes.NONE;
        for (ZoneId zone : request.zones().zones()) {
            Part part = new Part(zone, second);
            if (part.refused(freed)) {
                Instant until = earlier(Instant.ofEpochSecond(part.until()), latest);
                add(at, until, part.cause, Optional.of(zone), part.detail);
                return until;
            }
            passes = Math.min(passes, part.until());
        }
        Instant until = earlier(Instant.ofEpochSecond(passes), latest);
        add(at, until, Cause.PASSED, Optional.empty(), "");
        return until;
    }

    private void add(Instant from, Instant until, Cause cause, Optional<ZoneId> zone, String detail) {
        Stretch stretch = new Stretch(from, Optional.of(until), cause, zone, detail);
        if (!stretches.isEmpty()) {
            Stretch last = stretches.getLast();
            if (last.cause() == cause
                    && last.zone().equals(zone)
                    && last.detail().equals(detail)) {
                stretches.removeLast();
                stretch = new Stretch(last.from(), Optional.of(until), cause, zone, detail);
            }
        }
        tell(stretch);
    }

    private void tell(Stretch stretch) {
        if (stretches.size() == Explanation.MAX_STRETCHES) {
            cut = true;
        } else {
            stretches.add(stretch);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The part of one local date around an instant in which nothing changes in a zone. */
    private final class Part {
        private final ZoneId zone;
        private final long local;
        private final int offset;
        private final long transition;
        private long untilLocal;
        private Cause cause = Cause.PASSED;
        private String detail = "";

        Part(ZoneId zone, long second) {
            ZoneRules rules = zone.getRules();
            this.zone = zone;
            this.offset = CallableTimes.offset(rules, second);
            this.transition = CallableTimes.nextTransition(rules, second);
            this.local = second + offset;
            this.untilLocal = CallableTimes.nextMidnight(local);
        }

        long until() {
            return Math.min(transition, untilLocal - offset);
        }

        boolean refused(boolean freed) {
            long day = CallableTimes.day(local);
            if (request.limits().closures().closed(zone, day)) {
                cause = Cause.HOLIDAY;
                detail = request.limits().closures().label(zone, day).orElse("");
                return true;
            }
            RetryPolicy policy = request.policy();
            if (!freed && closed(policy.hours())) {
                boolean allowed = policy.allowedDays().contains(CallableTimes.dayOfWeek(day));
                cause = allowed ? Cause.OUTSIDE_WINDOWS : Cause.DAY_NOT_ALLOWED;
                return true;
            }
            for (LegalHours rule : request.limits().legalHours()) {
                if (rule.inForceOn(day) && closed(rule.hours())) {
                    cause = Cause.LEGAL_HOURS;
                    detail = rule.name();
                    return true;
                }
            }
            return false;
        }

        /** True when hours are not open now; the part ends where that changes. */
        private boolean closed(WeekHours hours) {
            int minute = CallableTimes.minuteOfWeek(local);
            int wait = hours.minutesUntilOpen(minute);
            int rest = wait == 0 ? hours.minutesUntilClosed(minute) : wait;
            if (rest != WeekHours.NEVER_CLOSES) {
                untilLocal = Math.min(untilLocal, CallableTimes.afterMinutes(local, rest));
            }
            return wait != 0;
        }
    }
}
