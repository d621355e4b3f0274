package dev.revox.resource;

import dev.revox.RevoxException;
import dev.revox.order.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with something that was to be stored. It holds no value of it.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class InvalidResourceException extends RevoxException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidResourceException(List<Violation> violations) {
        super(
                violations.stream().map(Violation::toString).collect(Collectors.joining("; ", "not stored: ", "")),
                false);
        this.violations = List.copyOf(violations);
    }

    /** For one fault. */
    public static InvalidResourceException of(String field, String message) {
        return new InvalidResourceException(List.of(new Violation(field, message)));
    }

    public List<Violation> violations() {
        return violations;
    }
}
