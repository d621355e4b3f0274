package dev.revox.order;

import dev.revox.RevoxException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with an order, found at once. It holds no value of the order.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class InvalidOrderException extends RevoxException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidOrderException(List<Violation> violations) {
        super(
                violations.stream().map(Violation::toString).collect(Collectors.joining("; ", "invalid order: ", "")),
                false);
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
