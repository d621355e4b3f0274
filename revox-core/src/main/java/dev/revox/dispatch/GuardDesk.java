package dev.revox.dispatch;

import dev.revox.dispatch.desk.DeskParts;
import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Has the guards asked right before an attempt, off the desk, with a deadline. An answer holds for a few seconds, which is long
 * enough to dial on; a guard that is too slow has said no for a minute.
 *
 * <p><b>Thread:</b> Confined to the desk; guards run on the call executor.
 */
final class GuardDesk {
    private static final Duration ANSWER_HOLDS = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(1);

    private record Answer(GuardAnswer given, Instant at) {}

    private final DeskParts parts;
    private final Consumer<OrderKey> whenAnswered;

    /** Empty while the guards are being asked. */
    private final Map<OrderKey, Optional<Answer>> answers = new HashMap<>();

    /** @param whenAnswered looks at the order again */
    GuardDesk(DeskParts parts, Consumer<OrderKey> whenAnswered) {
        this.parts = parts;
        this.whenAnswered = whenAnswered;
    }

    /**
     * What the guards say of the next attempt; empty when they have to be asked first, and {@code whenAnswered} follows.
     *
     * @param attempt 1 for the first one
     */
    Optional<GuardAnswer> ask(PlacedOrder order, int attempt) {
        OrderKey key = OrderKey.of(order);
        Instant now = parts.time().instant();
        DialQuestion question =
                new DialQuestion(key, order.to(), attempt, DialQuestion.Moment.DIAL, order.metadata(), now);
        GuardAnswer listed = parts.suppression().ask(question);
        if (!(listed instanceof GuardAnswer.Yes) || parts.guard().equals(DialGuard.OPEN)) {
            return Optional.of(listed);
        }
        Optional<Answer> known = answers.get(key);
        if (known != null) {
            if (known.isEmpty()) {
                return Optional.empty();
            }
            answers.remove(key);
            Answer answer = known.get();
            if (!answer.at().plus(ANSWER_HOLDS).isBefore(now) && !answer.at().isAfter(now)) {
                return Optional.of(answer.given());
            }
        }
        answers.put(key, Optional.empty());
        put(question);
        return Optional.empty();
    }

    private void put(DialQuestion question) {
        AtomicBoolean answered = new AtomicBoolean();
        Alarm tooLate = parts.time().schedule(ANSWER_LIMIT, () -> {
            if (answered.compareAndSet(false, true)) {
                take(
                        question.order(),
                        GuardAnswer.notBefore(
                                question.at().plus(ANSWER_LIMIT).plus(ASKED_AGAIN_AFTER),
                                "the guards gave no answer in time"));
            }
        });
        parts.callExecutor().execute(() -> {
            GuardAnswer given = parts.guard().ask(question);
            if (answered.compareAndSet(false, true)) {
                tooLate.cancel();
                take(question.order(), given);
            }
        });
    }

    private void take(OrderKey key, GuardAnswer given) {
        parts.desk().post("guard answer order=" + key.id(), () -> {
            answers.put(key, Optional.of(new Answer(given, parts.time().instant())));
            whenAnswered.accept(key);
            // Whoever did not need the answer after all must not keep it.
            answers.remove(key);
        });
    }
}
