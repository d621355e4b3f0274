package dev.revox.dispatch.desk;

import dev.revox.lifecycle.Sequel;
import dev.revox.lifecycle.Settlement;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.store.StoredAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * From an order's row and its attempts to a question for the planner.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class Planning {
    private static final Duration LONGEST_LOOK_AHEAD = Duration.ofDays(1);

    private final DispatchSettings settings;
    private final Restraints restraints;

    public Planning(DispatchSettings settings, Restraints restraints) {
        this.settings = settings;
        this.restraints = restraints;
    }

    public Duration ringTimeout() {
        return settings.ringTimeout();
    }

    /** The zones that decide for an order, the same for all of its life. */
    public DecidingZones zones(PlacedOrder order) {
        RecipientZones known = order.zones();
        return DecidingZones.choose(
                        order.retryPolicy(),
                        known.zones(),
                        known.principalZones(),
                        settings.defaultZone(),
                        order.createdAt())
                .orElseGet(() -> DecidingZones.of(settings.defaultZone().orElse(ZoneOffset.UTC)));
    }

    public ZoneId spokenZone(PlacedOrder order) {
        return zones(order).spokenZone();
    }

    public NextAttempt plan(PlacedOrder order, List<StoredAttempt> newestFirst, Instant now) {
        return AttemptPlanner.next(request(order, newestFirst, now));
    }

    public PlanRequest request(PlacedOrder order, List<StoredAttempt> newestFirst, Instant now) {
        return new PlanRequest(
                order.retryPolicy(),
                zones(order),
                order.createdAt(),
                order.scheduledAt(),
                order.forceNow(),
                settings.forceNowLapse(),
                Settlement.history(order, newestFirst, settings.ringTimeout()),
                jitter(order, newestFirst.size()),
                now,
                restraints.limits(order.organizationId(), order.to(), now));
    }

    /** What an order is that gets no further attempt. */
    public static OrderStatus statusAfter(NextAttempt.Never never) {
        return never.why() == NextAttempt.Why.VETO ? OrderStatus.ERRORED : OrderStatus.COMPLETED;
    }

    public static String why(NextAttempt.Never never) {
        return "no further attempt: " + never.why()
                + never.detail().map(detail -> ", " + detail).orElse("");
    }

    /**
     * When an order that may be dialled now may be so no longer, or a day from now, whichever is earlier. Windows begin and end on
     * whole minutes.
     */
    public Instant dialableUntil(PlacedOrder order, List<StoredAttempt> newestFirst, Instant now) {
        PlanRequest request = request(order, newestFirst, now);
        Instant end = now.plus(LONGEST_LOOK_AHEAD);
        for (Instant minute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
                minute.isBefore(end);
                minute = minute.plus(1, ChronoUnit.MINUTES)) {
            if (!(AttemptPlanner.next(request.at(minute)) instanceof NextAttempt.Now)) {
                return minute;
            }
        }
        return end;
    }

    /**
     * What follows from an attempt's end.
     *
     * @param unusable why the order's assistant can hold no conversation at all
     * @param newestFirst the order's attempts, among them this one as it was
     */
    public Sequel sequel(
            PlacedOrder order,
            StoredAttempt ended,
            Optional<String> unusable,
            List<StoredAttempt> newestFirst,
            Instant now) {
        String id = ended.attempt().id();
        if (unusable.isPresent()) {
            return new Sequel.Settled(OrderStatus.ERRORED, "the assistant does not work: " + unusable.get());
        }
        Optional<OrderStatus> settled = Settlement.of(order, ended);
        if (settled.isPresent()) {
            return new Sequel.Settled(settled.get(), "settled by attempt " + id);
        }
        List<StoredAttempt> all = newestFirst.stream()
                .map(known -> known.attempt().id().equals(id) ? ended : known)
                .toList();
        return switch (plan(order, all, now)) {
            case NextAttempt.Never never -> new Sequel.Settled(statusAfter(never), why(never));
            case NextAttempt.Now at -> new Sequel.Again(now, "next attempt at once: " + at.reasons());
            case NextAttempt.At at ->
                new Sequel.Again(at.instant(), "next attempt at " + at.instant() + ": " + at.reasons());
        };
    }

    // The same answer each time an attempt is planned, so that a plan made again does not move.
    private static double jitter(PlacedOrder order, int attempts) {
        return Math.floorMod((order.id() + '/' + attempts).hashCode(), 1000) / 1000.0;
    }
}
