package dev.revox.dispatch.desk;

import dev.revox.lifecycle.Change;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.lifecycle.Sequel;
import dev.revox.lifecycle.Settlement;
import dev.revox.order.OrderKey;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Closes attempts whose engine is gone; their orders go on when the calls are over for certain. It reads and stores many at once:
 * an engine may have died with thousands of calls, and one transaction for each would keep them waiting.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
public final class LostAttempts {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");

    private final OrderBook book;
    private final Planning planning;

    public LostAttempts(OrderBook book, Planning planning) {
        this.book = book;
        this.planning = planning;
    }

    private record Loss(OwnedAttempt attempt, StoredOrder before, StoredAttempt closed, Transition transition) {}

    /**
     * Closes those that are still live.
     *
     * @return those whose orders others have changed meanwhile, to be looked at again
     */
    public List<OwnedAttempt> close(List<OwnedAttempt> lost) {
        List<OrderKey> keys = lost.stream().map(OwnedAttempt::order).distinct().toList();
        Map<OrderKey, StoredOrder> rows = new LinkedHashMap<>();
        book.store().orders(keys).forEach(row -> rows.put(row.key(), row));
        Map<OrderKey, List<StoredAttempt>> attempts = book.store().attempts(keys);
        // By order: of one order only the first, because its change must be stored before another is made from it.
        Map<OrderKey, Loss> losses = new LinkedHashMap<>();
        for (OwnedAttempt each : lost) {
            StoredOrder row = rows.get(each.order());
            if (row != null && !losses.containsKey(each.order())) {
                loss(each, row, attempts.getOrDefault(each.order(), List.of()))
                        .ifPresent(loss -> losses.put(each.order(), loss));
            }
        }
        Set<OrderKey> conflicts = store(losses.values());
        losses.values().stream()
                .filter(loss -> !conflicts.contains(loss.attempt().order()))
                .forEach(this::tell);
        return lost.stream()
                .filter(each -> {
                    Loss loss = losses.get(each.order());
                    return loss != null
                            && (conflicts.contains(each.order())
                                    || !loss.attempt().equals(each));
                })
                .toList();
    }

    /** The orders whose changes met a conflict. */
    private Set<OrderKey> store(Collection<Loss> losses) {
        List<Transition> changes = losses.stream().map(Loss::transition).toList();
        return book.store().commitAll(changes).stream().map(Transition::key).collect(Collectors.toSet());
    }

    private Optional<Loss> loss(OwnedAttempt lost, StoredOrder row, List<StoredAttempt> newestFirst) {
        Optional<StoredAttempt> live = newestFirst.stream()
                .filter(known -> known.attempt().id().equals(lost.attemptId())
                        && !known.attempt().ended())
                .findFirst();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Instant now = book.now();
        StoredAttempt attempt = live.get();
        Instant over = Settlement.certainlyOver(row.order(), attempt.attempt(), planning.ringTimeout(), now);
        StoredAttempt closed = attempt.lost(Settlement.engineLost(attempt.attempt(), now), over);
        Sequel sequel = planning.sequel(row.order(), closed, Optional.empty(), newestFirst, now);
        return OrderLife.after(row, new OrderStep.Lose(closed, sequel), now) instanceof Change.To to
                ? Optional.of(new Loss(lost, row, closed, to.transition()))
                : Optional.empty();
    }

    private void tell(Loss loss) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "closed an attempt whose engine is gone order="
                        + loss.attempt().order().id() + " attempt="
                        + loss.attempt().attemptId());
        book.placed(loss.before());
        book.attemptOver(loss.transition().order(), loss.closed());
    }
}
