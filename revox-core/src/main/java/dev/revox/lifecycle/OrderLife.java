package dev.revox.lifecycle;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallOutcome;
import dev.revox.job.Job;
import dev.revox.order.Direction;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.SuppressionEntry;
import dev.revox.store.HistoryEntry;
import dev.revox.store.HistoryEntry.Cause;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import java.time.Instant;
import java.util.Optional;

/**
 * The function from an order and a step to what the order becomes, with everything that is stored along with it.
 *
 * <pre>
 *                  Plan            Queue             Begin            End, Lose
 *   initializing ------> scheduled ------> queued ----------> calling ---------> scheduled | completed | errored
 *        |                 ^  |               |                                     (Sequel)
 *        |                 |  '---Begin-------|----> calling
 *        |                 '--Plan------------'      Pause keeps calling, and makes all others scheduled
 *        '---- Cancel, from anywhere before the end ---> cancelled
 * </pre>
 *
 * <p>Pausing twice, cancelling twice and planning the same instant again change nothing. A settled order is never dialled and
 * never becomes anything else; only its live attempt, its analysis and its report are still noted.
 *
 * <p><b>Thread:</b> Thread-safe; a function.
 */
public final class OrderLife {
    private OrderLife() {}

    /** What a step makes of an order. */
    public static Change after(StoredOrder row, OrderStep step, Instant now) {
        return switch (step) {
            case OrderStep.Plan plan -> plan(row, plan, now);
            case OrderStep.Queue queue -> queue(row, queue, now);
            case OrderStep.Begin begin -> begin(row, begin, now);
            case OrderStep.Progress progress -> progress(row, progress, now);
            case OrderStep.End end -> end(row, end, now);
            case OrderStep.Lose lose -> lose(row, lose, now);
            case OrderStep.Pause pause -> pause(row, now);
            case OrderStep.Resume resume -> resume(row, now);
            case OrderStep.Hold hold -> hold(row, now);
            case OrderStep.Release release -> release(row, now);
            case OrderStep.Cancel cancel -> cancel(row, now);
            case OrderStep.Settle settle -> settle(row, settle, now);
            case OrderStep.Analyse analyse -> analyse(row, analyse, now);
            case OrderStep.Report report -> report(row, report, now);
        };
    }

    /** What placing an order stores. */
    public static Transition placed(PlacedOrder order, Instant now) {
        StoredOrder row = StoredOrder.of(order, Optional.of(now));
        return Transition.insert(row)
                .with(new HistoryEntry(now, order.status(), Cause.PLACED, "placed"))
                .with(Job.attempt(row.key(), now));
    }

    /** True when the order's next step is an attempt. */
    public static boolean waits(StoredOrder row) {
        return isBetweenAttempts(row) && row.dueAt().isPresent() && !row.order().paused();
    }

    /** True when it waits for its campaign to go on. */
    public static boolean held(StoredOrder row) {
        return isBetweenAttempts(row) && row.dueAt().isEmpty();
    }

    private static boolean isBetweenAttempts(StoredOrder row) {
        return switch (row.order().status()) {
            case INITIALIZING, SCHEDULED, QUEUED_FOR_CALLING -> true;
            case CALLING, COMPLETED, CANCELLED, ERRORED -> false;
        };
    }

    private static Change plan(StoredOrder row, OrderStep.Plan plan, Instant now) {
        if (!waits(row)) {
            return impossible(row, "planned");
        }
        if (row.order().status() == OrderStatus.SCHEDULED && row.dueAt().equals(Optional.of(plan.at()))) {
            return new Change.None();
        }
        return to(change(row, OrderStatus.SCHEDULED, Optional.of(plan.at()), now)
                .with(new HistoryEntry(now, OrderStatus.SCHEDULED, Cause.PLANNED, plan.why()))
                .with(Job.attempt(row.key(), plan.at())));
    }

    private static Change queue(StoredOrder row, OrderStep.Queue queue, Instant now) {
        if (!waits(row)) {
            return impossible(row, "queued");
        }
        if (row.order().status() == OrderStatus.QUEUED_FOR_CALLING) {
            return new Change.None();
        }
        Instant since = row.dueAt().filter(due -> due.isBefore(now)).orElse(now);
        return to(change(row, OrderStatus.QUEUED_FOR_CALLING, Optional.of(since), now)
                .with(new HistoryEntry(
                        now, OrderStatus.QUEUED_FOR_CALLING, Cause.QUEUED, "waits for a slot or a line, due " + since))
                .with(Job.attempt(row.key(), queue.until())));
    }

    private static Change begin(StoredOrder row, OrderStep.Begin begin, Instant now) {
        if (!waits(row)) {
            return impossible(row, "dialled");
        }
        String why = "attempt " + begin.attempt().attempt().id() + " by "
                + begin.conditions().node().name();
        return to(change(row, OrderStatus.CALLING, Optional.empty(), now)
                .beginning(begin.conditions())
                .with(begin.attempt())
                .with(new HistoryEntry(now, OrderStatus.CALLING, Cause.DIALLED, why)));
    }

    private static Change progress(StoredOrder row, OrderStep.Progress progress, Instant now) {
        if (!inAttempt(row) || progress.attempt().attempt().ended()) {
            return impossible(row, "told of a live attempt");
        }
        return to(touch(row, now).fenced(progress.token()).with(progress.attempt()));
    }

    private static Change end(StoredOrder row, OrderStep.End end, Instant now) {
        if (!inAttempt(row) || !end.attempt().attempt().ended()) {
            return impossible(row, "told of an attempt's end");
        }
        StoredAttempt attempt = end.attempt();
        Transition transition =
                afterwards(row, end.sequel(), Cause.ATTEMPT_ENDED, now).fenced(end.token());
        if (attempt.analysis() == AnalysisState.PENDING) {
            transition =
                    transition.with(Job.analysis(row.key(), attempt.attempt().id(), now));
        }
        if (Settlement.suppresses(attempt)) {
            PlacedOrder order = transition.order().order();
            transition = transition.with(new SuppressionEntry(
                    order.organizationId(),
                    attempt.attempt().phoneNumber(),
                    SuppressionEntry.REFUSED_AS_UNWANTED,
                    now,
                    Optional.of(order.id())));
        }
        return to(transition.with(attempt));
    }

    private static Change lose(StoredOrder row, OrderStep.Lose lose, Instant now) {
        if (!inAttempt(row) || lose.attempt().attempt().status() != AttemptStatus.ERROR) {
            return impossible(row, "told of a lost attempt");
        }
        return to(afterwards(row, lose.sequel(), Cause.ATTEMPT_LOST, now)
                .claiming()
                .with(lose.attempt()));
    }

    private static boolean inAttempt(StoredOrder row) {
        // Cancelled while the attempt was live: the host has had the last word, and the attempt still ends.
        return row.order().status() == OrderStatus.CALLING || row.order().settled();
    }

    private static Transition afterwards(StoredOrder row, Sequel sequel, Cause cause, Instant now) {
        if (row.order().settled()) {
            return touch(row, now);
        }
        return switch (sequel) {
            case Sequel.Settled settled ->
                change(row, settled.status(), Optional.empty(), now)
                        .with(new HistoryEntry(now, settled.status(), cause, settled.why()));
            case Sequel.Again again ->
                change(row, OrderStatus.SCHEDULED, Optional.of(again.at()), now)
                        .with(new HistoryEntry(now, OrderStatus.SCHEDULED, cause, again.why()))
                        .with(Job.attempt(row.key(), again.at()));
        };
    }

    private static Change pause(StoredOrder row, Instant now) {
        if (row.order().settled()) {
            return impossible(row, "paused");
        }
        if (row.order().paused()) {
            return new Change.None();
        }
        PlacedOrder order = row.order();
        PlacedOrder paused = order.status() == OrderStatus.CALLING
                ? order.withPaused(true, now)
                : order.withStatus(OrderStatus.SCHEDULED, now).withPaused(true, now);
        return to(Transition.change(row, row.with(paused))
                .with(new HistoryEntry(now, paused.status(), Cause.PAUSED, "paused by the host")));
    }

    private static Change resume(StoredOrder row, Instant now) {
        if (row.order().settled()) {
            return impossible(row, "resumed");
        }
        if (!row.order().paused()) {
            return new Change.None();
        }
        PlacedOrder resumed = row.order().withPaused(false, now);
        Transition transition = Transition.change(row, row.with(resumed))
                .with(new HistoryEntry(now, resumed.status(), Cause.RESUMED, "resumed by the host"));
        return to(resumed.status() == OrderStatus.CALLING ? transition : transition.with(Job.attempt(row.key(), now)));
    }

    private static Change hold(StoredOrder row, Instant now) {
        if (held(row)) {
            return new Change.None();
        }
        if (!waits(row)) {
            return impossible(row, "held");
        }
        return to(change(row, OrderStatus.SCHEDULED, Optional.empty(), now)
                .with(new HistoryEntry(now, OrderStatus.SCHEDULED, Cause.PAUSED, "its campaign is paused")));
    }

    private static Change release(StoredOrder row, Instant now) {
        if (!held(row)) {
            return new Change.None();
        }
        // Whether the host has paused the order itself is another matter, and stays as it is.
        return to(change(row, OrderStatus.SCHEDULED, Optional.of(now), now)
                .with(new HistoryEntry(now, OrderStatus.SCHEDULED, Cause.RESUMED, "its campaign goes on"))
                .with(Job.attempt(row.key(), now)));
    }

    private static Change cancel(StoredOrder row, Instant now) {
        if (row.order().settled()) {
            return row.order().status() == OrderStatus.CANCELLED ? new Change.None() : impossible(row, "cancelled");
        }
        return to(change(row, OrderStatus.CANCELLED, Optional.empty(), now)
                .with(new HistoryEntry(now, OrderStatus.CANCELLED, Cause.CANCELLED, "cancelled by the host")));
    }

    private static Change settle(StoredOrder row, OrderStep.Settle settle, Instant now) {
        if (!waits(row)) {
            return impossible(row, "settled without an attempt");
        }
        return to(change(row, settle.status(), Optional.empty(), now)
                .with(new HistoryEntry(now, settle.status(), Cause.SETTLED, settle.why())));
    }

    private static Change analyse(StoredOrder row, OrderStep.Analyse analyse, Instant now) {
        PlacedOrder order = row.order();
        PlacedOrder analysed = analyse.outcome().isPresent()
                ? order.withOutcome(analyse.outcome(), analyse.summary(), now)
                : order.touched(now);
        return to(suppressing(Transition.change(row, row.with(analysed)), analyse, now)
                .with(analyse.attempt())
                .with(new HistoryEntry(
                        now,
                        order.status(),
                        Cause.ANALYSED,
                        "attempt " + analyse.attempt().attempt().id())));
    }

    /** Whoever said on a call that they want no more of them is called no more, by any order of the tenant. */
    private static Transition suppressing(Transition transition, OrderStep.Analyse analyse, Instant now) {
        PlacedOrder order = transition.order().order();
        Optional<PhoneNumber> person = order.direction() == Direction.INBOUND ? order.from() : Optional.of(order.to());
        return analyse.outcome()
                .filter(CallOutcome.DO_NOT_CONTACT::equals)
                .flatMap(unused -> person)
                .map(number -> new SuppressionEntry(
                        order.organizationId(), number, SuppressionEntry.ASKED_ON_A_CALL, now, Optional.of(order.id())))
                .map(transition::with)
                .orElse(transition);
    }

    private static Change report(StoredOrder row, OrderStep.Report report, Instant now) {
        if (!row.order().settled()) {
            return impossible(row, "reported");
        }
        if (row.reported()) {
            return new Change.None();
        }
        Transition transition = Transition.change(
                        row, new StoredOrder(row.order().touched(now), Optional.empty(), true))
                .with(new HistoryEntry(now, row.order().status(), Cause.REPORTED, "everything is known"));
        return to(report.toTell().map(transition::with).orElse(transition));
    }

    private static Transition change(StoredOrder row, OrderStatus status, Optional<Instant> dueAt, Instant now) {
        return Transition.change(row, new StoredOrder(row.order().withStatus(status, now), dueAt, row.reported()));
    }

    private static Transition touch(StoredOrder row, Instant now) {
        return Transition.change(row, row.with(row.order().touched(now)));
    }

    private static Change to(Transition transition) {
        return new Change.To(transition);
    }

    private static Change impossible(StoredOrder row, String what) {
        return new Change.Impossible("an order that is " + row.order().status().wireName()
                + (row.order().paused() ? " and paused" : "") + " cannot be " + what);
    }
}
