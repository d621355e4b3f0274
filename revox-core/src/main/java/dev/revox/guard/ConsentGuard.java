package dev.revox.guard;

import dev.revox.guard.ConsentRegister.Consent;
import dev.revox.schedule.limit.GuardAnswer;
import java.util.Optional;

/** Says never without a consent that was given before the call. <b>Thread:</b> that of the register. */
record ConsentGuard(ConsentRegister register, String rule) implements DialGuard {
    @Override
    public String name() {
        return "consent register";
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        Optional<Consent> consent = register.find(question.tenant(), question.number(), question.at());
        return consent.isPresent() && !consent.get().given().isAfter(question.at())
                ? GuardAnswer.YES
                : GuardAnswer.never("no consent on record, which " + rule + " asks for");
    }
}
