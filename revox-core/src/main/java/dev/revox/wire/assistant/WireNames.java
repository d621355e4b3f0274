package dev.revox.wire.assistant;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The page's names of enumerated values. <b>Thread:</b> Immutable. */
public final class WireNames {

    public static final Map<String, DayOfWeek> DAYS = of(DayOfWeek.values(), WireNames::day);

    private WireNames() {}

    public static <E> Map<String, E> of(E[] values, Function<E, String> wireName) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(wireName.apply(value), value);
        }
        return Collections.unmodifiableMap(names);
    }

    public static String day(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
