package dev.revox.sip.trunk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The order in which trunks are tried for one call.
 *
 * <p>Trunks with a weight come first, drawn in proportion to it; then those without, in the order in which they were added. One
 * that counts as down comes after all that do not, and is still tried: a wrong guess must not cost a call.
 *
 * <p><b>Thread:</b> Thread-safe when its random is.
 */
final class TrunkOrder {

    private TrunkOrder() {}

    static List<Trunk> of(List<Trunk> trunks, RandomGenerator random) {
        List<Trunk> weighted = new ArrayList<>(
                trunks.stream().filter(t -> t.plan().capacity().weight() > 0).toList());
        List<Trunk> order = new ArrayList<>();
        while (!weighted.isEmpty()) {
            int draw = random.nextInt(weighted.stream()
                    .mapToInt(t -> t.plan().capacity().weight())
                    .sum());
            int at = 0;
            while (draw >= weighted.get(at).plan().capacity().weight()) {
                draw -= weighted.get(at).plan().capacity().weight();
                at++;
            }
            order.add(weighted.remove(at));
        }
        trunks.stream().filter(t -> t.plan().capacity().weight() == 0).forEach(order::add);
        order.sort(Comparator.comparing(Trunk::down));
        return List.copyOf(order);
    }
}
