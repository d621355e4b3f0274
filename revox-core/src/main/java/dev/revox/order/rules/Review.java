package dev.revox.order.rules;

import dev.revox.assistant.Assistant;
import dev.revox.order.Violation;
import dev.revox.phone.RecipientZones;
import java.util.List;
import java.util.Optional;

/**
 * What {@link OrderRules} found out about an order.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param assistant the one that will speak: stored, inline or the default; present when there are no violations
 * @param zones where the recipient's clock may stand
 */
public record Review(
        Optional<Assistant> assistant, RecipientZones zones, List<Violation> violations, List<Warning> warnings) {

    public Review {
        violations = List.copyOf(violations);
        warnings = List.copyOf(warnings);
    }
}
