package dev.revox.schedule.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All that holds an attempt back beside the order's own policy. An instant must suit every one of them, in every deciding zone;
 * {@code force_now} frees from none of them.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param legalHours each one's hours must be open beside the order's own windows
 * @param closures dates on which nobody is called
 * @param caps the most attempts per period
 * @param attemptStarts starts of the number's attempts so far over ALL orders, this one's included; kept oldest first
 * @param guards what the guards said
 */
public record Limits(
        List<LegalHours> legalHours,
        Closures closures,
        List<AttemptCap> caps,
        List<Instant> attemptStarts,
        List<GuardAnswer> guards) {
    /** Nothing beside the policy. */
    public static final Limits NONE = new Limits(List.of(), Closures.NONE, List.of(), List.of(), List.of());

    public Limits {
        legalHours = List.copyOf(legalHours);
        Objects.requireNonNull(closures, "closures");
        caps = List.copyOf(caps);
        attemptStarts = sorted(attemptStarts);
        guards = List.copyOf(guards);
    }

    /** Both of two. The starts are this one's unless it has none: both count attempts on the same number. */
    public Limits and(Limits others) {
        return new Limits(
                joined(legalHours, others.legalHours),
                closures.and(others.closures),
                joined(caps, others.caps),
                attemptStarts.isEmpty() ? others.attemptStarts : attemptStarts,
                joined(guards, others.guards));
    }

    public Limits withLegalHours(LegalHours... hours) {
        return new Limits(joined(legalHours, List.of(hours)), closures, caps, attemptStarts, guards);
    }

    public Limits withClosures(Closures more) {
        return new Limits(legalHours, closures.and(more), caps, attemptStarts, guards);
    }

    /** Adds caps, and names the starts that they count. */
    public Limits withCaps(List<Instant> starts, AttemptCap... more) {
        return new Limits(legalHours, closures, joined(caps, List.of(more)), starts, guards);
    }

    public Limits withGuards(GuardAnswer... answers) {
        return new Limits(legalHours, closures, caps, attemptStarts, joined(guards, List.of(answers)));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    private static List<Instant> sorted(List<Instant> instants) {
        if (instants.size() < 2) {
            return List.copyOf(instants);
        }
        Instant[] inOrder = instants.toArray(Instant[]::new);
        Arrays.sort(inOrder);
        return List.of(inOrder);
    }
}
