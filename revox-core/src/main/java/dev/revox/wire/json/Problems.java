package dev.revox.wire.json;

import dev.revox.order.Violation;
import dev.revox.order.rules.Warning;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the form of a body.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class Problems {

    private final boolean strict;
    private final boolean limited;
    private final List<Violation> violations = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /**
     * Starts without any.
     *
     * @param strict unknown members are violations, not warnings
     */
    public Problems(boolean strict) {
        this(strict, true);
    }

    private Problems(boolean strict, boolean limited) {
        this.strict = strict;
        this.limited = limited;
    }

    /** For text that Revox wrote itself: as long as it likes, and with members of other versions. */
    public static Problems ofOwnText() {
        return new Problems(false, false);
    }

    boolean tooLong(String text) {
        return limited && text.length() > Members.MAX_STRING_CHARS;
    }

    public void add(String path, String message) {
        violations.add(new Violation(path, message));
    }

    public void unknownMember(String path) {
        String message = "is not a member of the call API here; check the spelling or remove it";
        if (strict) {
            add(path, message);
        } else {
            warnings.add(new Warning(path, message));
        }
    }

    /** Adds what the rules found, but not at, above or below a place whose form is already wrong. */
    public void addUnlessCovered(List<Violation> found) {
        List<Violation> ofForm = List.copyOf(violations);
        for (Violation violation : found) {
            boolean covered = ofForm.stream()
                    .anyMatch(form -> isWithin(violation.jsonPath(), form.jsonPath())
                            || isWithin(form.jsonPath(), violation.jsonPath()));
            if (!covered) {
                violations.add(violation);
            }
        }
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
