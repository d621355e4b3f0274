package dev.revox.testkit.sim;

import dev.revox.order.OrderStatus;
import dev.revox.testkit.sim.check.Violation;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param violations empty when every promise was kept
 * @param orders how many ended in which status
 * @param accepted orders that the host has a handle of
 * @param invites INVITEs that arrived at telephones
 * @param mostAtOnce calls that were up at once
 * @param faults what went wrong, and how often
 * @param fingerprint equal for two runs in which the same happened at the same instants
 */
public record SimReport(
        long seed,
        List<Violation> violations,
        Map<OrderStatus, Integer> orders,
        int accepted,
        long invites,
        int mostAtOnce,
        Map<String, Integer> faults,
        long fingerprint) {
    public SimReport {
        violations = List.copyOf(violations);
        orders = Map.copyOf(orders);
        faults = Map.copyOf(faults);
    }
}
