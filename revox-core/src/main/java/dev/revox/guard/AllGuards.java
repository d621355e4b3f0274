package dev.revox.guard;

import dev.revox.schedule.limit.GuardAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Several guards as one. A guard without an answer is told of in the log once, until it answers again.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class AllGuards implements DialGuard {
    static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger("dev.revox.guard");

    private final List<Watched> guards;

    AllGuards(List<DialGuard> guards) {
        this.guards = guards.stream().map(Watched::new).toList();
    }

    @Override
    public String name() {
        return "all guards";
    }

    @Override
    public GuardAnswer ask(DialQuestion question) {
        GuardAnswer strictest = GuardAnswer.YES;
        for (Watched guard : guards) {
            strictest = stricter(strictest, guard.ask(question));
            if (strictest instanceof GuardAnswer.Never never && !never.guardFailed()) {
                return strictest;
            }
        }
        return strictest;
    }

    /** The stricter of two; the first of two alike. A guard's own never says more than that of one that failed. */
    private static GuardAnswer stricter(GuardAnswer one, GuardAnswer other) {
        return switch (one) {
            case GuardAnswer.Yes yes -> other;
            case GuardAnswer.Never never ->
                never.guardFailed() && other instanceof GuardAnswer.Never real && !real.guardFailed() ? other : one;
            case GuardAnswer.NotBefore wait ->
                switch (other) {
                    case GuardAnswer.Yes yes -> one;
                    case GuardAnswer.Never never -> other;
                    case GuardAnswer.NotBefore longer -> longer.instant().isAfter(wait.instant()) ? other : one;
                };
        };
    }

    private static final class Watched {
        private final DialGuard guard;
        private final String name;
        private final AtomicBoolean failing = new AtomicBoolean();

        Watched(DialGuard guard) {
            this.guard = guard;
            this.name = guard.name();
        }

        // Whatever a guard throws, nobody may be called because of it.
        @SuppressWarnings("CatchingUnchecked")
        GuardAnswer ask(DialQuestion question) {
            try {
                GuardAnswer answer = Objects.requireNonNull(guard.ask(question), "the answer");
                failing.set(false);
                return answer;
            } catch (RuntimeException | Error thrown) {
                return failed(question, thrown);
            }
        }

        private GuardAnswer failed(DialQuestion question, Throwable thrown) {
            if (!failing.getAndSet(true)) {
                // Not its message: a host's exception may name the person called.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "guard {0} failed with {1}; nobody is called until it answers (order={2})",
                        name,
                        thrown.getClass().getName(),
                        question.order().id());
            }
            String why = "guard " + name + " failed";
            return switch (question.moment()) {
                case PLACE -> new GuardAnswer.Never(why, true);
                case DIAL -> GuardAnswer.notBefore(question.at().plus(ASKED_AGAIN_AFTER), why);
            };
        }
    }
}
