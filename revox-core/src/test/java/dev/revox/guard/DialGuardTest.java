package dev.revox.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.guard.DialQuestion.Moment;
import dev.revox.order.OrderKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.GuardAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialGuardTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final PhoneNumber NUMBER = PhoneNumber.of("+33612345678");

    @Test
    void the_strictest_answer_counts() {
        DialGuard soon = question -> GuardAnswer.notBefore(NOW.plusSeconds(60), "soon");
        DialGuard later = question -> GuardAnswer.notBefore(NOW.plusSeconds(120), "later");
        DialGuard never = question -> GuardAnswer.never("first no");
        DialGuard again = question -> GuardAnswer.never("second no");

        assertThat(DialGuard.all().ask(at(Moment.DIAL))).isEqualTo(GuardAnswer.YES);
        assertThat(DialGuard.all(DialGuard.OPEN, DialGuard.OPEN).ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.YES);
        assertThat(DialGuard.all(soon, DialGuard.OPEN, later, soon).ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.notBefore(NOW.plusSeconds(120), "later"));
        assertThat(DialGuard.all(later, never, again).ask(at(Moment.DIAL))).isEqualTo(GuardAnswer.never("first no"));
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void a_guard_without_an_answer_keeps_the_number_from_being_called(Failure failure) {
        DialGuard broken = failure.guard().named("X");

        assertThat(DialGuard.all(DialGuard.OPEN, broken).ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.notBefore(NOW.plusSeconds(60), "guard X failed"));
        assertThat(DialGuard.all(broken, DialGuard.OPEN).ask(at(Moment.PLACE)))
                .isEqualTo(new GuardAnswer.Never("guard X failed", true));
    }

    @Test
    void a_no_says_more_than_a_failure() {
        DialGuard broken = Failure.THROWS.guard();

        assertThat(DialGuard.all(broken, question -> GuardAnswer.never("listed"))
                        .ask(at(Moment.PLACE)))
                .isEqualTo(GuardAnswer.never("listed"));
        assertThat(DialGuard.all(broken, question -> GuardAnswer.never("listed"))
                        .ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.never("listed"));
    }

    @Test
    void a_failure_is_logged_once_until_the_guard_answers_again_and_without_the_number() {
        AtomicBoolean down = new AtomicBoolean(true);
        DialGuard list = question -> {
            if (down.get()) {
                throw new IllegalStateException("no row for " + NUMBER.e164());
            }
            return GuardAnswer.YES;
        };
        DialGuard guard = DialGuard.all(list.named("host's list"));
        List<String> logged = logged(() -> {
            guard.ask(at(Moment.DIAL));
            guard.ask(at(Moment.DIAL));
            down.set(false);
            guard.ask(at(Moment.DIAL));
            down.set(true);
            guard.ask(at(Moment.DIAL));
        });

        assertThat(logged).hasSize(2).allMatch(line -> line.contains("host's list") && line.contains("order=o-1"));
        assertThat(logged).noneMatch(line -> line.contains("612345") || line.contains("no row"));
    }

    @Test
    void a_listed_number_is_never_called() {
        SuppressionList list = (tenant, number) -> tenant.equals(Optional.of("acme")) && number.equals(NUMBER)
                ? Optional.of(new SuppressionList.Entry("asked not to be called", NOW.minusSeconds(9)))
                : Optional.empty();

        assertThat(DialGuard.suppression(list).ask(at(Moment.PLACE)))
                .isEqualTo(GuardAnswer.never(
                        "on the suppression list since 2026-11-27T09:59:51Z: asked not to be called"));
        assertThat(DialGuard.suppression((tenant, number) -> Optional.empty()).ask(at(Moment.PLACE)))
                .isEqualTo(GuardAnswer.YES);
    }

    @Test
    void consent_must_have_been_given_before_the_call() {
        assertThat(consent(NOW.minusSeconds(1))).isEqualTo(GuardAnswer.YES);
        assertThat(consent(NOW.plusSeconds(1)))
                .isEqualTo(GuardAnswer.never("no consent on record, which law 1 asks for"));
        assertThat(DialGuard.consent((tenant, number, at) -> Optional.empty(), "law 1")
                        .ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.never("no consent on record, which law 1 asks for"));
    }

    @Test
    void caps_count_attempts_over_all_orders_in_whatever_order_they_come() {
        KnownHistory history =
                new KnownHistory(List.of(NOW.minusSeconds(100), NOW.minusSeconds(3_000)), Optional.empty());
        DialGuard guard = DialGuard.caps(
                history,
                new AttemptCap("two an hour", 2, Duration.ofHours(1)),
                new AttemptCap("three a day", 3, Duration.ofDays(1)));

        assertThat(guard.ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.notBefore(NOW.plusSeconds(600), "two an hour: at most 2 attempts in PT1H"));
        assertThat(history.askedSince).containsExactly(NOW.minus(Duration.ofDays(1)));
    }

    @Test
    void a_person_who_refused_is_left_alone() {
        KnownHistory refused = new KnownHistory(List.of(), Optional.of(NOW.minus(Duration.ofDays(59))));
        DialGuard guard = DialGuard.silenceAfterRefusal(refused, Duration.ofDays(60), "law 2");

        assertThat(guard.ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.notBefore(NOW.plus(Duration.ofDays(1)), "law 2: silence after a refusal"));
        assertThat(DialGuard.silenceAfterRefusal(refused, Duration.ofDays(59), "law 2")
                        .ask(at(Moment.DIAL)))
                .isEqualTo(GuardAnswer.YES);
        assertThatThrownBy(() -> DialGuard.silenceAfterRefusal(refused, Duration.ofDays(-1), "law 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("silence");
    }

    @Test
    void a_question_shows_neither_number_nor_metadata() {
        assertThat(at(Moment.DIAL).toString())
                .doesNotContain("612345")
                .doesNotContain("crm")
                .contains("o-1");
    }

    private static GuardAnswer consent(Instant given) {
        ConsentRegister register = (tenant, number, at) -> Optional.of(new ConsentRegister.Consent(given, "form 12"));
        return DialGuard.consent(register, "law 1").ask(at(Moment.DIAL));
    }

    private static DialQuestion at(Moment moment) {
        return new DialQuestion(
                new OrderKey(Optional.of("acme"), "o-1"), NUMBER, 1, moment, Map.of("crm", "crm-17"), NOW);
    }

    private static List<String> logged(Runnable work) {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.revox.guard");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(new java.util.logging.SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return lines;
    }

    enum Failure {
        THROWS,
        DIES,
        ANSWERS_NULL;

        @SuppressWarnings("NullAway") // A host's guard may do what the contract forbids.
        DialGuard guard() {
            return question -> switch (this) {
                case THROWS -> throw new IllegalStateException("the list is down");
                case DIES -> throw new StackOverflowError();
                case ANSWERS_NULL -> null;
            };
        }
    }

    private static final class KnownHistory implements NumberHistory {
        private final List<Instant> starts;
        private final Optional<Instant> refusal;
        private final List<Instant> askedSince = new ArrayList<>();

        KnownHistory(List<Instant> starts, Optional<Instant> refusal) {
            this.starts = starts;
            this.refusal = refusal;
        }

        @Override
        public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
            askedSince.add(since);
            return starts;
        }

        @Override
        public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
            return refusal;
        }
    }
}
