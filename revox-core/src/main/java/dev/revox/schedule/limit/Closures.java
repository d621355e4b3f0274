package dev.revox.schedule.limit;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Local dates on which nobody is called, each with the reason that people know it by, such as a holiday's name.
 *
 * <p>A date is closed from its first to its last instant in a zone: a window that began on the evening before ends at
 * midnight. Dates are either for every deciding zone or for one of them.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> local dates.
 */
public final class Closures {
    public static final Closures NONE = new Closures(new Days(Map.of()), Map.of());

    private final Days everywhere;
    private final Map<ZoneId, Days> byZone;

    private Closures(Days everywhere, Map<ZoneId, Days> byZone) {
        this.everywhere = everywhere;
        this.byZone = byZone;
    }

    /** Dates that are closed in every deciding zone. */
    public static Closures of(Map<LocalDate, String> labels) {
        return labels.isEmpty() ? NONE : new Closures(new Days(labels), Map.of());
    }

    /** Dates that are closed in one zone only; other zones of the same order do not mind them. */
    public static Closures in(ZoneId zone, Map<LocalDate, String> labels) {
        return labels.isEmpty() ? NONE : new Closures(new Days(Map.of()), Map.of(zone, new Days(labels)));
    }

    /** These and others; on a date that both close, this label stays. */
    public Closures and(Closures others) {
        if (others.empty() || empty()) {
            return empty() ? others : this;
        }
        Map<ZoneId, Days> zones = new HashMap<>(byZone);
        others.byZone.forEach((zone, days) -> zones.merge(zone, days, Days::and));
        return new Closures(everywhere.and(others.everywhere), Map.copyOf(zones));
    }

    /** True when a date is closed in a zone. */
    public boolean closed(ZoneId zone, long epochDay) {
        return everywhere.index(epochDay) >= 0 || (!byZone.isEmpty() && in(zone).index(epochDay) >= 0);
    }

    /** The label of a date that is closed in a zone. */
    public Optional<String> label(ZoneId zone, long epochDay) {
        return everywhere.label(epochDay).or(() -> in(zone).label(epochDay));
    }

    private boolean empty() {
        return everywhere.epochDays.length == 0 && byZone.isEmpty();
    }

    private Days in(ZoneId zone) {
        return byZone.getOrDefault(zone, NONE.everywhere);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Closures closures
                && everywhere.equals(closures.everywhere)
                && byZone.equals(closures.byZone);
    }

    @Override
    public int hashCode() {
        return 31 * everywhere.hashCode() + byZone.hashCode();
    }

    @Override
    public String toString() {
        return "Closures[" + everywhere + (byZone.isEmpty() ? "" : ", " + byZone) + ']';
    }

    /** Dates in order, with labels. */
    private static final class Days {
        private final TreeMap<LocalDate, String> labels;
        private final long[] epochDays;

        Days(Map<LocalDate, String> labels) {
            this.labels = new TreeMap<>(labels);
            this.epochDays = this.labels.keySet().stream()
                    .mapToLong(LocalDate::toEpochDay)
                    .toArray();
        }

        int index(long epochDay) {
            return epochDays.length == 0 ? -1 : Arrays.binarySearch(epochDays, epochDay);
        }

        Optional<String> label(long epochDay) {
            return index(epochDay) < 0
                    ? Optional.empty()
                    : Optional.ofNullable(labels.get(LocalDate.ofEpochDay(epochDay)));
        }

        Days and(Days others) {
            Map<LocalDate, String> both = new HashMap<>(others.labels);
            both.putAll(labels);
            return new Days(both);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Days days && labels.equals(days.labels);
        }

        @Override
        public int hashCode() {
            return labels.hashCode();
        }

        @Override
        public String toString() {
            return labels.toString();
        }
    }
}
