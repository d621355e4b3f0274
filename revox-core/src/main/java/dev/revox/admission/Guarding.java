package dev.revox.admission;

import dev.revox.RevoxException;
import dev.revox.dispatch.desk.Restraints;
import dev.revox.guard.ConsentRegister;
import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion;
import dev.revox.guard.NumberHistory;
import dev.revox.guard.SuppressionList;
import dev.revox.guard.law.LawBook;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.order.Violation;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.store.EngineStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands between an order and the person it would call: the host's guards, and the laws that the engine keeps.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record Guarding(DialGuard suppression, DialGuard guard, Restraints restraints) {
    /** The store's own list, and guards and laws as the host gave them. */
    public static Guarding of(
            List<DialGuard> guards, Optional<LawBook> laws, ConsentRegister consents, EngineStore store) {
        NumberHistory history = new StoredNumberHistory(store);
        SuppressionList list = (tenant, number) -> store.resources()
                .suppressions()
                .find(tenant, number)
                .map(entry -> new SuppressionList.Entry(entry.reason(), entry.since()));
        List<DialGuard> all = new ArrayList<>(guards);
        laws.ifPresent(book -> all.add(book.guard(consents, history)));
        Restraints restraints = laws.<Restraints>map(
                        book -> (tenant, number, from) -> book.limits(tenant, number, from, history))
                .orElse(Restraints.NONE);
        return new Guarding(
                DialGuard.suppression(list), all.isEmpty() ? DialGuard.OPEN : DialGuard.all(all), restraints);
    }

    /**
     * Asks the guards whether an order may be placed at all.
     *
     * @throws InvalidOrderException when a guard says never
     * @throws RevoxException that may be tried again, when a guard gave no answer
     */
    public void admit(PlacedOrder order, Instant now) {
        DialQuestion question =
                new DialQuestion(OrderKey.of(order), order.to(), 1, DialQuestion.Moment.PLACE, order.metadata(), now);
        refuse(suppression.ask(question));
        refuse(guard.ask(question));
    }

    private static void refuse(GuardAnswer answer) {
        if (answer instanceof GuardAnswer.Never never) {
            if (never.guardFailed()) {
                throw new RevoxException("nothing was placed: " + never.why() + "; try again", true);
            }
            throw new InvalidOrderException(
                    List.of(new Violation("$.phone_number", "may not be called: " + never.why())));
        }
    }
}
