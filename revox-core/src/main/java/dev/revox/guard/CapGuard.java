package dev.revox.guard;

import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.GuardAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says not before caps on a number's attempts allow another one. <b>Thread:</b> that of the history. */
record CapGuard(NumberHistory history, List<AttemptCap> caps) implements DialGuard {
    @Override
    public String name() {
        return "attempt caps";
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        Instant since = caps.stream()
                .map(cap -> cap.lookBack(question.at()))
                .min(Instant::compareTo)
                .orElse(question.at());
        List<Instant> starts = history.attemptStarts(question.tenant(), question.number(), since).stream()
                .sorted()
                .toList();
        GuardAnswer answer = GuardAnswer.YES;
        Instant latest = question.at();
        for (AttemptCap cap : caps) {
            Optional<Instant> until = cap.reachedUntil(starts);
            if (until.isPresent() && until.get().isAfter(latest)) {
                latest = until.get();
                answer = GuardAnswer.notBefore(
                        latest, cap.name() + ": at most " + cap.max() + " attempts in " + cap.period());
            }
        }
        return answer;
    }
}
