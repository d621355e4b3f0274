package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion.Moment;
import dev.revox.guard.law.CallingLaws;
import dev.revox.guard.law.HolidayCalendar;
import dev.revox.guard.law.LawBook;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.explain.Explanation;
import dev.revox.schedule.explain.Explanation.Cause;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.store.HistoryEntry;
import dev.revox.store.search.OrderQuery;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Guards and laws between an order and its call. */
class CallEngineGuardTest extends VirtualEngine {
    private final AtomicReference<GuardAnswer> answer = new AtomicReference<>(GuardAnswer.YES);
    private final DialGuard guard = question -> question.moment() == Moment.PLACE ? GuardAnswer.YES : answer.get();

    @Test
    void a_number_that_may_never_be_called_is_refused_at_the_placing_and_the_reason_is_named() {
        CallEngine engine = engine(builder -> builder.guard(question -> GuardAnswer.never("on the do-not-call list")));

        assertThatThrownBy(() -> engine.place(order().build()))
                .isInstanceOf(InvalidOrderException.class)
                .hasMessageContaining("$.phone_number")
                .hasMessageContaining("on the do-not-call list");
        assertThat(store.search(OrderQuery.of(Optional.empty()).build()).orders())
                .isEmpty();
    }

    @Test
    void a_guard_that_fails_lets_nothing_be_placed_and_says_that_it_may_be_tried_again() {
        DialGuard away = question -> {
            throw new IllegalStateException("the list is away");
        };
        CallEngine engine = engine(builder -> builder.guard(away.named("national list")));

        assertThatThrownBy(() -> engine.place(order().build()))
                .isInstanceOfSatisfying(
                        RevoxException.class,
                        fault -> assertThat(fault.retryable()).isTrue())
                .hasMessageContaining("national list");
    }

    @Test
    void a_guard_that_says_not_yet_moves_the_call_and_is_asked_again() {
        Instant later = MONDAY_NOON.plus(Duration.ofHours(3));
        answer.set(GuardAnswer.notBefore(later, "asked to be called in the afternoon"));
        CallEngine engine = engine(builder -> builder.guard(guard));
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));
        assertThat(line.dialled()).isEmpty();
        assertThat(engine.explain(call.id()).orElseThrow().stretches())
                .extracting(Explanation.Stretch::cause)
                .contains(Cause.GUARD_NOT_BEFORE);

        answer.set(GuardAnswer.YES);
        time.advance(Duration.ofHours(4));

        assertThat(line.dialledAt()).containsExactly(later);
    }

    @Test
    void a_veto_right_before_the_call_ends_the_order_without_a_call() {
        answer.set(GuardAnswer.never("on the do-not-call list since this morning"));
        CallEngine engine = engine(builder -> builder.guard(guard));
        CallHandle call = engine.place(order().concurrency("desk", 1).build());
        time.advance(Duration.ofMinutes(1));

        assertThat(line.dialled()).isEmpty();
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(engine.history(call.key()))
                .extracting(HistoryEntry::why)
                .anyMatch(why -> why.contains("on the do-not-call list since this morning"));
    }

    @Test
    void a_guard_that_never_answers_keeps_the_call_back_and_harms_no_other() {
        CallEngine engine = engine(builder -> builder.guard(question ->
                question.moment() == Moment.DIAL && question.number().e164().endsWith("1")
                        ? hang(question.at())
                        : GuardAnswer.YES));
        CallHandle hanging =
                engine.place(CallOrder.to("+33612345601").assistant(assistant()).build());
        CallHandle other =
                engine.place(CallOrder.to("+33612345602").assistant(assistant()).build());
        time.advance(Duration.ofSeconds(30));

        assertThat(line.dialled()).hasSize(1);
        assertThat(status(engine, hanging)).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(status(engine, other)).isNotEqualTo(OrderStatus.SCHEDULED);
    }

    /** Stands for a guard that comes back after its deadline. */
    private GuardAnswer hang(Instant asked) {
        time.advance(Duration.ofSeconds(11));
        assertThat(time.instant()).isAfter(asked);
        return GuardAnswer.YES;
    }

    @Test
    void a_law_holds_whatever_the_order_asks_for() {
        time = ManualTime.startingAt(Instant.parse("2026-08-03T05:00:00Z"));
        LawBook book = LawBook.of(HolidayCalendar.NONE, List.of(CallingLaws.US_FEDERAL));
        CallEngine engine = engine(builder -> builder.laws(book, (tenant, number, at) -> Optional.empty()));
        RetryPolicy allDay = RetryPolicy.builder()
                .everyDay()
                .window("00:00", "24:00", Duration.ofHours(1))
                .build();
        CallHandle unused = engine.place(CallOrder.to("+12125550123")
                .assistant(assistant())
                .retryPolicy(allDay)
                .forceNow()
                .build());
        time.advance(Duration.ofHours(12));

        // 08:00 in New York.
        assertThat(line.dialledAt().getFirst()).isEqualTo(Instant.parse("2026-08-03T12:00:00Z"));
    }

    @Test
    void explain_tells_what_refused_each_earlier_moment() {
        time = ManualTime.startingAt(Instant.parse("2026-03-06T20:00:00Z"));
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(1));

        Explanation explanation = engine.explain(call.id()).orElseThrow();

        assertThat(explanation.stretches())
                .extracting(Explanation.Stretch::cause)
                .containsSubsequence(Cause.OUTSIDE_WINDOWS, Cause.DAY_NOT_ALLOWED);
        assertThat(explanation.lines()).last().asString().contains("2026-03-09T09:00:00Z");
        assertThat(engine.explain("unknown")).isEmpty();
    }
}
