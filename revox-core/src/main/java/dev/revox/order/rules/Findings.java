package dev.revox.order.rules;

import dev.revox.order.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong below one place of the body.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class Findings {

    private final List<Violation> violations;
    private final List<Warning> warnings;
    private final String path;
    private final boolean pathIsWhole;

    Findings() {
        this(new ArrayList<>(), new ArrayList<>(), "$", false);
    }

    private Findings(List<Violation> violations, List<Warning> warnings, String path, boolean pathIsWhole) {
        this.violations = violations;
        this.warnings = warnings;
        this.path = path;
        this.pathIsWhole = pathIsWhole;
    }

    /** The same collection, one member deeper. */
    Findings at(String member) {
        return new Findings(violations, warnings, pathOf(member), pathIsWhole);
    }

    /** The same collection, at one entry of a list. */
    Findings at(String member, int index) {
        return at(member + "[" + index + "]");
    }

    /**
     * Something that stands outside the body, such as a stored assistant: messages name the place inside it, the path stays
     * that of the member that refers to it.
     */
    Findings elsewhere(String member) {
        return new Findings(violations, warnings, path + "." + member, true);
    }

    void wrong(String member, String message) {
        violations.add(new Violation(shownPath(member), shownMessage(member, message)));
    }

    void wrongIf(boolean condition, String member, String message) {
        if (condition) {
            wrong(member, message);
        }
    }

    void doubtful(String member, String message) {
        warnings.add(new Warning(shownPath(member), shownMessage(member, message)));
    }

    List<Violation> violations() {
        return violations;
    }

    List<Warning> warnings() {
        return warnings;
    }

    private String pathOf(String member) {
        return path + "." + member;
    }

    private String shownPath(String member) {
        if (!pathIsWhole) {
            return pathOf(member);
        }
        int second = path.indexOf('.', 2);
        return second < 0 ? path : path.substring(0, second);
    }

    private String shownMessage(String member, String message) {
        if (!pathIsWhole) {
            return message;
        }
        String inside = pathOf(member).substring(shownPath(member).length() + 1);
        return "the assistant that is meant has a fault: " + inside + " " + message;
    }
}
