package dev.revox.telemetry.micrometer;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The values that one tag has had. A registry keeps every value for ever, so there may only be so many; whatever comes later is
 * {@value #OTHER}. Nothing but names gets through: a value with other characters, or with a long run of digits, may be somebody's
 * text or number.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class FewValues {

    static final String OTHER = "other";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _./:@-]{0,79}");
    private static final Pattern LONG_NUMBER = Pattern.compile("(?:\\d[ ./:-]?){9,}");

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    FewValues(int most) {
        this.most = most;
    }

    String of(String value) {
        String plain = value.strip().toLowerCase(Locale.ROOT);
        if (known.contains(plain)) {
            return plain;
        }
        if (!NAME.matcher(plain).matches() || LONG_NUMBER.matcher(plain).find()) {
            return OTHER;
        }
        // Two threads at once may exceed the limit by one each, which harms nobody.
        if (known.size() >= most) {
            return OTHER;
        }
        known.add(plain);
        return plain;
    }
}
