package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.CallOutcome;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.fake.ScriptedLine;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.RetryPolicy;
import dev.revox.time.ManualTime;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an order in virtual time, from {@code place} to the report. */
class CallEngineTest extends VirtualEngine {
    @Test
    void an_answered_call_completes_and_is_reported() {
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        assertThat(status(engine, call)).isEqualTo(OrderStatus.INITIALIZING);

        time.advance(Duration.ofMinutes(1));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(report.order().outcome()).contains(CallOutcome.INTERESTED);
        assertThat(report.order().outcomeSummary()).contains("Wants to come.");
        CallAttempt attempt = report.lastAttempt().orElseThrow();
        assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
        assertThat(attempt.result()).contains(AnsweredBy.HUMAN);
        assertThat(attempt.endedBy()).contains(EndedBy.AGENT);
        assertThat(attempt.endReason()).contains(EndReason.TOOL_END_CALL);
        assertThat(attempt.startedAt()).contains(MONDAY_NOON);
        assertThat(attempt.answeredAt()).contains(MONDAY_NOON.plusSeconds(2));
        assertThat(attempt.endedAt()).contains(MONDAY_NOON.plusMillis(12_020));
        assertThat(attempt.structuredOutput().orElseThrow()).containsEntry("day", "monday");
        assertThat(report.toJson()).contains("\"completed\"").contains("Yes, I will come.");
        assertThat(agent.open()).isZero();
        assertThat(line.leg(0).openEars()).isZero();
    }

    @Test
    void events_nest_and_close() {
        CallEngine engine = engine();
        CallHandle unused = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));

        assertThat(names(events))
                .containsExactly(
                        "Placed",
                        "Dialling",
                        "Ringing",
                        "Answered",
                        "InConversation",
                        "AttemptEnded",
                        "Settled",
                        "Analysed",
                        "Reported");
    }

    @Test
    void texts_are_filled_at_the_start_of_the_attempt() {
        CallEngine engine = engine();
        CallHandle unused = engine.place(CallOrder.to(DANA)
                .assistant(Assistant.prompt("It is {{date}} {{ time }} ({{call_direction}}). Call {{name}}.")
                        .firstSentence("Hi {{name}}!")
                        .build())
                .variable("name", "Dana {{date}}")
                .build());
        time.advance(Duration.ofMinutes(1));

        assertThat(agent.opened().getFirst().assistant().prompt())
                .isEqualTo("It is 2026-08-03 12:00 (outbound). Call Dana {{date}}.");
        assertThat(agent.opened().getFirst().assistant().speaking().firstSentence())
                .contains("Hi Dana {{date}}!");
    }

    @Test
    void busy_callee_is_retried_after_the_window_delay_and_then_reached() {
        line = new ScriptedLine(ScriptedLine.fails(DialError.BUSY), ScriptedLine.answers());
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));
        assertThat(status(engine, call)).isEqualTo(OrderStatus.SCHEDULED);
        time.advance(Duration.ofHours(3));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(line.dialledAt())
                .containsExactly(MONDAY_NOON, MONDAY_NOON.plusMillis(500).plusSeconds(7200));
        assertThat(report.attempts()).hasSize(2);
        assertThat(report.attempts().get(1).dialError()).contains(DialError.BUSY);
        assertThat(report.attempts().get(1).status()).isEqualTo(AttemptStatus.ERROR);
        assertThat(report.attempts().get(1).endedBy()).isEmpty();
    }

    @Test
    void three_calls_without_an_answer_complete_the_order() {
        line = new ScriptedLine(ScriptedLine.rings());
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofDays(3));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(report.attempts()).hasSize(3);
        assertThat(report.attempts()).allMatch(attempt -> attempt.dialError().equals(Optional.of(DialError.NO_ANSWER)));
        assertThat(line.dialledAt())
                .containsExactly(
                        MONDAY_NOON, MONDAY_NOON.plusSeconds(45 + 7200), Instant.parse("2026-08-03T14:01:30Z"));
        assertThat(report.order().outcome()).isEmpty();
    }

    @Test
    void voicemail_is_retried_and_a_second_call_follows_at_once_when_asked() {
        agent.meets(AnsweredBy.VOICEMAIL);
        CallEngine engine = engine();
        CallHandle call = engine.place(order().retryPolicy(RetryPolicy.builder()
                        .everyDay()
                        .callTwiceInARow()
                        .maxAttempts(2)
                        .build())
                .build());
        time.advance(Duration.ofMinutes(2));

        assertThat(told(call).attempts()).hasSize(2);
        assertThat(Duration.between(line.dialledAt().get(0), line.dialledAt().get(1)))
                .isEqualTo(Duration.ofMillis(12_020));
    }

    @Test
    void a_number_that_does_not_exist_errors_the_order() {
        line = new ScriptedLine(ScriptedLine.fails(DialError.NUMBER_NON_ATTRIBUTED));
        assertThat(run(order()).order().status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(line.dialled()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {607, 608})
    void a_callee_that_blocks_us_errors_the_order(int status) {
        line = new ScriptedLine(ScriptedLine.failsWith(status, DialError.NON_CLASSIFIED_ERROR));
        assertThat(run(order()).order().status()).isEqualTo(OrderStatus.ERRORED);
    }

    @Test
    void a_trunk_that_refuses_for_load_is_backed_off_from_and_its_refusals_do_not_count() {
        line = new ScriptedLine(
                ScriptedLine.fails(DialError.TOO_MANY_CALLS),
                ScriptedLine.fails(DialError.TOO_MANY_CALLS),
                ScriptedLine.fails(DialError.TOO_MANY_CALLS),
                ScriptedLine.fails(DialError.TOO_MANY_CALLS),
                ScriptedLine.answers());
        CallReport report = run(order());

        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(report.attempts()).hasSize(5);
        Duration third =
                Duration.between(line.dialledAt().get(2), line.dialledAt().get(3));
        assertThat(third).isBetween(Duration.ofMillis(2500), Duration.ofMillis(4500));
    }

    @Test
    void force_now_dials_on_a_sunday_night_and_its_retry_waits_for_monday() {
        time = ManualTime.startingAt(SUNDAY_NIGHT);
        line = new ScriptedLine(ScriptedLine.fails(DialError.BUSY), ScriptedLine.answers());
        CallEngine engine = engine();
        CallHandle call = engine.place(order().forceNow().build());
        time.advance(Duration.ofDays(1));

        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(line.dialledAt()).containsExactly(SUNDAY_NIGHT, Instant.parse("2026-08-03T08:00:00Z"));
    }

    @Test
    void an_order_outside_its_window_waits_for_it() {
        time = ManualTime.startingAt(SUNDAY_NIGHT);
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.settle();
        assertThat(status(engine, call)).isEqualTo(OrderStatus.SCHEDULED);
        time.advance(Duration.ofDays(1));

        assertThat(line.dialledAt()).containsExactly(Instant.parse("2026-08-03T08:00:00Z"));
    }

    @ParameterizedTest(name = "after {0} ms")
    @ValueSource(longs = {-1, 0, 50, 1000, 5000, 11_999, 12_000, 12_010, 12_020, 60_000})
    void cancel_is_right_at_every_moment(long afterMs) {
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        if (afterMs >= 0) {
            time.advance(Duration.ofMillis(afterMs));
        }
        boolean wasSettled = engine.get(call.id()).orElseThrow().order().settled();

        assertThat(call.cancel()).isEqualTo(!wasSettled);
        assertThat(call.cancel()).isFalse();
        time.advance(Duration.ofMinutes(5));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(wasSettled ? OrderStatus.COMPLETED : OrderStatus.CANCELLED);
        assertThat(report.attempts()).allMatch(CallAttempt::ended);
        assertThat(names(events).stream().filter("Settled"::equals)).hasSize(1);
        assertThat(names(events).stream().filter("Reported"::equals)).hasSize(1);
        assertThat(names(events).getLast()).isEqualTo("Reported");
        assertThat(agent.open()).isZero();
        if (afterMs == 5000) {
            assertThat(report.lastAttempt().orElseThrow().endReason()).contains(EndReason.CANCELLED);
            assertThat(report.lastAttempt().orElseThrow().status()).isEqualTo(AttemptStatus.COMPLETED);
        }
        if (afterMs == 1000) {
            assertThat(report.lastAttempt().orElseThrow().dialError()).isEmpty();
            assertThat(report.lastAttempt().orElseThrow().endReason()).contains(EndReason.CANCELLED);
        }
        engine.close();
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_scheduled_order_that_is_cancelled_is_never_dialled() {
        time = ManualTime.startingAt(SUNDAY_NIGHT);
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.settle();
        assertThat(call.cancel()).isTrue();
        time.advance(Duration.ofDays(3));

        assertThat(told(call).order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(line.dialled()).isEmpty();
        assertThat(engine.cancel("nobody")).isFalse();
    }

    @Test
    void a_paused_order_waits_until_it_is_resumed() {
        time = ManualTime.startingAt(SUNDAY_NIGHT);
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        assertThat(engine.pause(call.id())).isTrue();
        time.advance(Duration.ofDays(1));
        assertThat(line.dialled()).isEmpty();
        assertThat(status(engine, call)).isEqualTo(OrderStatus.SCHEDULED);

        time.advance(Duration.ofHours(14));
        assertThat(engine.resume(call.id())).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
    }
}
