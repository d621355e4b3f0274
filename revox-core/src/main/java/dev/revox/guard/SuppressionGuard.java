package dev.revox.guard;

import dev.revox.schedule.limit.GuardAnswer;
import java.util.Optional;

/** Says never to numbers on a list. <b>Thread:</b> that of the list. */
record SuppressionGuard(SuppressionList list) implements DialGuard {
    @Override
    public String name() {
        return "suppression list";
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        Optional<SuppressionList.Entry> entry = list.find(question.tenant(), question.number());
        return entry.isPresent()
                ? GuardAnswer.never("on the suppression list since "
                        + entry.get().since() + ": " + entry.get().reason())
                : GuardAnswer.YES;
    }
}
