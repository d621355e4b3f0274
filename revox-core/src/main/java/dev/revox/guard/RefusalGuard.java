package dev.revox.guard;

import dev.revox.schedule.limit.GuardAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says not before a person who refused has been left alone for long enough. <b>Thread:</b> that of the history. */
record RefusalGuard(NumberHistory history, Duration silence, String rule) implements DialGuard {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    RefusalGuard {
        if (silence.isNegative() || silence.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("silence must be within 0..36500 days, was " + silence);
        }
    }

    @Override
    public String name() {
        return "silence after a refusal";
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        Optional<Instant> until =
                history.lastRefusal(question.tenant(), question.number()).map(refused -> refused.plus(silence));
        return until.isPresent() && until.get().isAfter(question.at())
                ? GuardAnswer.notBefore(until.get(), rule + ": silence after a refusal")
                : GuardAnswer.YES;
    }
}
