package dev.revox.wire;

import dev.revox.order.CallOrder;
import dev.revox.order.rules.Review;
import dev.revox.order.rules.Warning;
import java.util.List;

/**
 * An order read from a body without a violation.
 *
 * @param review what the rules say of it; its warnings are among {@code warnings}
 * @param warnings of the body's form and of its content
 *
 * <p><b>Thread:</b> Immutable.
 */
public record ReadOrder(CallOrder order, Review review, List<Warning> warnings) {

    public ReadOrder {
        warnings = List.copyOf(warnings);
    }
}
