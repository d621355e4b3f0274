package dev.revox.guard;

import dev.revox.schedule.limit.GuardAnswer;

/** A guard under a name that its author chose. <b>Thread:</b> that of the guard. */
record NamedGuard(String name, DialGuard guard) implements DialGuard {
    @Override
    public GuardAnswer ask(DialQuestion question) {
        return guard.ask(question);
    }
}
