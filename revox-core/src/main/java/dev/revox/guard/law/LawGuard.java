package dev.revox.guard.law;

import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion;
import dev.revox.schedule.limit.GuardAnswer;

/** Asks another guard about the numbers that a law protects, while it is in force. <b>Thread:</b> that of the guard. */
record LawGuard(CallingLaw law, DialGuard guard) implements DialGuard {
    @Override
    public String name() {
        return law.name() + ", " + guard.name();
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        return law.inForce(question.at()) && law.protects(question.number()) ? guard.ask(question) : GuardAnswer.YES;
    }
}
