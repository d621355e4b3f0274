package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.CallOutcome;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationSetup;
import dev.revox.event.CallEvent;
import dev.revox.fake.FakeLeg;
import dev.revox.fake.ScriptedAgent;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.Direction;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.outcome.CallAnalysis;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.MemoryStore;
import dev.revox.store.StoredAttempt;
import dev.revox.time.ManualTime;
import dev.revox.wire.CallReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole orders in virtual time, from {@code place} to the report. */
class CallEngineTest {
    private static final Instant MONDAY_NOON = Instant.parse("2026-08-03T10:00:00Z");
    private static final Instant SUNDAY_NIGHT = Instant.parse("2026-08-02T21:00:00Z");
    private static final String DANA = "+33 6 12 34 56 78";

    private ManualTime time = ManualTime.startingAt(MONDAY_NOON);
    private ScriptedLine line = new ScriptedLine(ScriptedLine.answers());
    private final ScriptedAgent agent = new ScriptedAgent();
    private final MemoryStore store = new MemoryStore();
    private final List<CallEvent> events = new ArrayList<>();

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

    @Test
    void orders_of_one_key_are_dialled_in_turn_and_others_pass() {
        CallEngine engine = engine();
        List<CallHandle> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(engine.place(CallOrder.to("+3361234560" + i)
                    .assistant(assistant())
                    .concurrency("desk", 1)
                    .build()));
        }
        calls.add(
                engine.place(CallOrder.to("+33612345609").assistant(assistant()).build()));
        time.advance(Duration.ofSeconds(1));
        assertThat(line.dialled()).hasSize(2);
        assertThat(status(engine, calls.get(1))).isEqualTo(OrderStatus.QUEUED_FOR_CALLING);

        time.advance(Duration.ofMinutes(2));

        assertThat(line.dialled().stream().map(request -> request.to().e164()))
                .containsExactly("+33612345600", "+33612345609", "+33612345601", "+33612345602", "+33612345603");
        for (int i = 2; i < 5; i++) {
            assertThat(Duration.between(
                            line.dialledAt().get(i - 1), line.dialledAt().get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(12));
        }
        assertThat(calls).allMatch(call -> call.report().isDone());
    }

    @Test
    void no_more_calls_are_live_than_the_engine_may_hold() {
        agent.talksFor(Duration.ofSeconds(60));
        CallEngine engine = engine(builder -> builder.maxConcurrentCalls(3));
        for (int i = 0; i < 9; i++) {
            CallHandle unused = engine.place(
                    CallOrder.to("+3361234560" + i).assistant(assistant()).build());
        }
        time.advance(Duration.ofSeconds(30));
        assertThat(line.dialled()).hasSize(3);
        assertThat(agent.open()).isEqualTo(3);
        time.advance(Duration.ofMinutes(5));
        assertThat(line.dialled()).hasSize(9);
    }

    @Test
    void an_order_leaves_the_queue_when_its_window_closes() {
        time = ManualTime.startingAt(Instant.parse("2026-08-03T15:59:00Z"));
        agent.talksFor(Duration.ofMinutes(10));
        CallEngine engine = engine(builder -> builder.maxConcurrentCalls(1));
        CallHandle first = engine.place(order().build());
        CallHandle second = engine.place(order().build());
        time.advance(Duration.ofMinutes(3));
        assertThat(status(engine, first)).isEqualTo(OrderStatus.CALLING);
        assertThat(status(engine, second)).isEqualTo(OrderStatus.SCHEDULED);

        time.advance(Duration.ofDays(1));
        assertThat(line.dialledAt().get(1)).isEqualTo(Instant.parse("2026-08-04T08:00:00Z"));
    }

    @Test
    void a_hundred_threads_with_one_idempotency_key_place_one_call() throws Exception {
        CallEngine engine = engine();
        List<Future<String>> ids = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (int i = 0; i < 100; i++) {
                ids.add(threads.submit(() -> engine.place(
                                order().idempotencyKey("appointment-7").build())
                        .id()));
            }
        }
        List<String> distinct = new ArrayList<>();
        for (Future<String> id : ids) {
            if (!distinct.contains(id.get())) {
                distinct.add(id.get());
            }
        }
        assertThat(distinct).hasSize(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(line.dialled()).hasSize(1);
        CallHandle again = engine.place(order().idempotencyKey("appointment-7").build());
        assertThat(told(again).order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(engine.place(order().idempotencyKey("appointment-7")
                                .organization("other")
                                .build())
                        .id())
                .as("a key means something within its tenant only")
                .isNotEqualTo(again.id());
    }

    @Test
    void listeners_may_place_cancel_and_throw() {
        CallEngine[] engine = new CallEngine[1];
        List<CallHandle> followUps = new ArrayList<>();
        engine[0] = engine(builder -> builder.listener(event -> {
            if (event instanceof CallEvent.Answered && followUps.isEmpty()) {
                followUps.add(engine[0].place(order().build()));
                assertThat(engine[0].cancel(event.order())).isTrue();
                assertThat(engine[0].cancel(event.order())).isFalse();
            }
            throw new IllegalStateException("planted");
        }));
        CallHandle first = engine[0].place(order().build());
        time.advance(Duration.ofMinutes(1));

        assertThat(told(first).order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(told(followUps.getFirst()).order().status()).isEqualTo(OrderStatus.COMPLETED);
    }

    @Test
    void a_defect_in_one_conversation_ends_that_call_only() {
        agent.throwsFor(setup -> setup.userNumber().equals(Optional.of(PhoneNumber.of("+33612345678")))
                ? Optional.of(new StackOverflowError("planted"))
                : Optional.empty());
        CallEngine engine = engine();
        CallHandle broken = engine.place(order().build());
        CallHandle fine =
                engine.place(CallOrder.to("+33687654321").assistant(assistant()).build());
        time.advance(Duration.ofMinutes(1));

        CallAttempt attempt =
                engine.get(broken.id()).orElseThrow().lastAttempt().orElseThrow();
        assertThat(attempt.status()).isEqualTo(AttemptStatus.ERROR);
        assertThat(attempt.endedBy()).contains(EndedBy.SYSTEM);
        assertThat(attempt.endReason()).contains(EndReason.INTERNAL_ERROR);
        assertThat(told(fine).order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(agent.open()).isZero();
    }

    @Test
    void an_assistant_that_can_never_work_errors_its_order_at_once() {
        RevoxException never = new RevoxException("llm_model: type realtime is not supported; choose another", false);
        agent.refuses(setup -> Optional.of(never));
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(report.attempts()).hasSize(1);
        assertThat(report.lastAttempt().orElseThrow().endReason()).contains(EndReason.INTERNAL_ERROR);
        assertThat(line.dialled()).isEmpty();
        assertThat(engine.history(call.key()).getLast().status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(engine.history(call.key()).getLast().why())
                .isEqualTo("the assistant does not work: llm_model: type realtime is not supported; choose another");
        assertThat(names(events)).contains("Settled").endsWith("Reported");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_agent_that_cannot_open_for_a_passing_reason_or_by_a_defect_is_asked_again(boolean declared) {
        RuntimeException passing =
                declared ? new RevoxException("no connection yet", true) : new IllegalStateException("a defect");
        List<ConversationSetup> asked = new ArrayList<>();
        agent.refuses(setup -> {
            asked.add(setup);
            return asked.size() == 1 ? Optional.of(passing) : Optional.empty();
        });
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));
        assertThat(status(engine, call)).isEqualTo(OrderStatus.SCHEDULED);
        time.advance(Duration.ofHours(3));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(report.attempts()).hasSize(2);
        assertThat(report.attempts().getLast().dialError()).contains(DialError.NON_CLASSIFIED_ERROR);
    }

    @Test
    void a_caller_whose_assistant_can_never_work_is_refused_and_the_order_says_why() {
        agent.refuses(setup -> Optional.of(new RevoxException("llm_model: unknown", false)));
        CallEngine engine = engine(builder -> builder.inbound(call -> Optional.of(assistant())));
        FakeLeg leg = line.ring(new IncomingCall(
                        Optional.of(PhoneNumber.of("+33612345678")), Optional.of(PhoneNumber.of("+33123456789")), "t"))
                .orElseThrow();
        time.advance(Duration.ofMinutes(1));

        CallEvent.Reported told = (CallEvent.Reported) events.getLast();
        assertThat(told.report().order().status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(engine.history(told.order()).getLast().why()).contains("llm_model: unknown");
        assertThat(leg.openEars()).isZero();
    }

    @Test
    void a_line_that_reports_nothing_is_given_up() {
        line = new ScriptedLine(ScriptedLine.isSilent());
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(56));

        CallAttempt attempt = engine.get(call.id()).orElseThrow().lastAttempt().orElseThrow();
        assertThat(attempt.status()).isEqualTo(AttemptStatus.ERROR);
        assertThat(attempt.dialError()).contains(DialError.NON_CLASSIFIED_ERROR);
        assertThat(attempt.endedAt()).contains(MONDAY_NOON.plusMillis(55_020));
    }

    @Test
    void a_conversation_without_an_end_is_cut_after_its_maximum() {
        agent.talksFor(Duration.ofDays(1));
        CallEngine engine = engine();
        CallHandle call = engine.place(CallOrder.to(DANA)
                .assistant(Assistant.prompt("Talk.")
                        .maxCallDuration(Duration.ofMinutes(2))
                        .build())
                .build());
        time.advance(Duration.ofMinutes(3));

        CallAttempt attempt = told(call).lastAttempt().orElseThrow();
        assertThat(attempt.endReason()).contains(EndReason.MAX_DURATION);
        assertThat(attempt.endedAt()).contains(MONDAY_NOON.plusSeconds(2 + 150).plusMillis(20));
    }

    @Test
    void a_caller_who_hangs_up_is_the_user() {
        line = new ScriptedLine(ScriptedLine.answersAndHangsUpAfter(Duration.ofSeconds(4)));
        CallAttempt attempt = run(order()).lastAttempt().orElseThrow();
        assertThat(attempt.endedBy()).contains(EndedBy.USER);
        assertThat(attempt.endReason()).isEmpty();
    }

    @Test
    void shutdown_ends_live_calls_politely_and_frees_everything() {
        agent.talksFor(Duration.ofHours(1));
        CallEngine engine = engine();
        CallHandle talking = engine.place(order().build());
        time.advance(Duration.ofSeconds(10));
        CallHandle dialling = engine.place(order().build());
        time.advance(Duration.ofSeconds(1));

        engine.close();
        engine.close();

        assertThat(store.attempts(talking.key()).getFirst().attempt().endReason())
                .contains(EndReason.SHUTDOWN);
        assertThat(store.attempts(dialling.key()).getFirst().attempt().ended()).isTrue();
        assertThat(store.order(dialling.key()).orElseThrow().order().status()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(line.closed()).isTrue();
        assertThat(agent.closed()).isTrue();
        assertThat(agent.open()).isZero();
        assertThat(time.pendingCount()).isZero();
        assertThat(dialling.report()).isCompletedExceptionally();
        assertThatThrownBy(() -> engine.place(order().build())).hasMessageContaining("closed");
    }

    @Test
    void shutdown_does_not_wait_for_a_conversation_that_ignores_it() {
        agent.talksFor(Duration.ofHours(1)).ignoresStop();
        CallEngine engine = engine(builder -> builder.shutdownLimit(Duration.ofSeconds(1)));
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(10));
        Instant before = time.instant();

        engine.close();

        assertThat(Duration.between(before, time.instant())).isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(store.attempts(call.key()).getFirst().attempt().ended()).isTrue();
        assertThat(agent.open()).isZero();
    }

    @Test
    void an_analysis_is_tried_again_when_that_may_help() {
        AtomicInteger tries = new AtomicInteger();
        agent.analyses(request -> tries.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new RevoxException("429", true))
                : CompletableFuture.completedFuture(CallAnalysis.NONE));
        assertThat(run(order()).order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(tries).hasValue(3);
    }

    @Test
    void an_analysis_that_never_answers_is_given_up_and_the_report_still_comes() {
        agent.analyses(request -> new CompletableFuture<>());
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(30));
        assertThat(status(engine, call)).isEqualTo(OrderStatus.COMPLETED);
        assertThat(call.report()).isNotDone();
        time.advance(Duration.ofMinutes(10));

        assertThat(told(call).order().outcome()).isEmpty();
        assertThat(engine.attempts(call.key()).getFirst().analysis()).isEqualTo(StoredAttempt.AnalysisState.FAILED);
    }

    @Test
    void a_webhook_is_noted_once_for_the_final_status() {
        CallEngine engine = engine();
        CallHandle call = engine.place(CallOrder.to(DANA)
                .assistant(Assistant.prompt("Talk.")
                        .webhookUrl(URI.create("https://host.example/hook"))
                        .build())
                .build());
        time.advance(Duration.ofMinutes(5));
        assertThat(store.outbox(call.key())).hasSize(1);
    }

    @Test
    void calls_are_recorded_under_a_name_that_nobody_can_guess(@TempDir Path folder) {
        CallEngine engine = engine(builder -> builder.recordings(folder.resolve("wav")));
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));

        CallAttempt attempt = told(call).lastAttempt().orElseThrow();
        assertThat(line.leg(0).recordings()).hasSize(1);
        assertThat(attempt.recordingUrl())
                .contains(line.leg(0).recordings().getFirst().toUri());
        assertThat(attempt.recordingUrl().orElseThrow().toString())
                .doesNotContain(attempt.id())
                .doesNotContain(call.id());
    }

    @Test
    void an_incoming_call_is_answered_by_the_routed_assistant() {
        CallEngine engine = engine(builder -> builder.inbound(call -> call.called()
                .filter(PhoneNumber.of("+33123456789")::equals)
                .map(number -> Assistant.prompt("You answer for {{user_phone_number}}{{nobody}}.")
                        .build())));
        IncomingCall known = new IncomingCall(
                Optional.of(PhoneNumber.of("+33612345678")), Optional.of(PhoneNumber.of("+33123456789")), "trunk");
        FakeLeg leg = line.ring(known).orElseThrow();
        time.settle();
        assertThat(leg.answerAsked()).isTrue();
        leg.emit(new LegEvent.Answered(time.nanoTime(), "PCMA", 8000));
        time.advance(Duration.ofMinutes(1));

        CallEvent.Reported reported = (CallEvent.Reported) events.getLast();
        assertThat(reported.report().order().direction()).isEqualTo(Direction.INBOUND);
        assertThat(reported.report().order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(reported.report().lastAttempt().orElseThrow().result()).contains(AnsweredBy.HUMAN);
        assertThat(agent.opened().getFirst().assistant().prompt()).isEqualTo("You answer for +33612345678.");
        assertThat(names(events).subList(0, 2)).containsExactly("Placed", "Arrived");
        assertThat(line.ring(new IncomingCall(Optional.empty(), Optional.empty(), "trunk")))
                .isEmpty();
        engine.close();
        assertThat(line.ring(known)).as("a closed engine takes no call").isEmpty();
    }

    @Test
    void an_incoming_caller_who_gives_up_before_the_answer_leaves_nothing_behind() {
        CallEngine engine = engine(builder ->
                builder.inbound(call -> Optional.of(Assistant.prompt("Hello.").build())));
        FakeLeg leg = line.ring(new IncomingCall(Optional.empty(), Optional.empty(), "trunk"))
                .orElseThrow();
        leg.emit(new LegEvent.Ended(time.nanoTime(), LegEnd.REMOTE_HANGUP, Optional.empty()));
        time.advance(Duration.ofMinutes(1));

        assertThat(names(events).getLast()).isEqualTo("Reported");
        assertThat(agent.open()).isZero();
        engine.close();
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_body_of_the_call_api_is_an_order() {
        CallEngine engine = engine();
        CallHandle call = engine.placeJson("""
                {"phone_number": "+33612345678", "force_now": true, "assistant": {"prompt": "Talk."}}""");
        time.advance(Duration.ofMinutes(1));
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
        assertThatThrownBy(() -> engine.placeJson("{}")).isInstanceOf(InvalidOrderException.class);
    }

    @Test
    void the_builder_names_what_is_missing_or_wrong(@TempDir Path folder) {
        assertThatThrownBy(() -> CallEngine.builder().agent(agent).build()).hasMessageStartingWith("line:");
        assertThatThrownBy(() -> CallEngine.builder().line(line).build()).hasMessageStartingWith("agent:");
        assertThatThrownBy(() -> engine(builder -> builder.maxConcurrentCalls(0)))
                .hasMessageStartingWith("maxConcurrentCalls:");
        assertThatThrownBy(() -> engine(builder -> builder.ringTimeout(Duration.ZERO)))
                .hasMessageStartingWith("ringTimeout:");
        assertThatThrownBy(() ->
                        engine(builder -> builder.fromNumbers("+33123456789").defaultFrom("+33123456780")))
                .hasMessageStartingWith("defaultFrom:");
        assertThatThrownBy(() -> engine(builder -> builder.fromNumbers("0123"))).hasMessageStartingWith("fromNumbers:");
        assertThat(folder).isEmptyDirectory();
    }

    private CallReport run(CallOrderBuilder order) {
        CallHandle call = engine().place(order.build());
        time.advance(Duration.ofMinutes(5));
        return told(call);
    }

    private CallReport told(CallHandle call) {
        time.settle();
        assertThat(call.report()).as("the report is there").isDone();
        return call.report().join();
    }

    private CallEngine engine() {
        return engine(builder -> builder);
    }

    private CallEngine engine(UnaryOperator<CallEngineBuilder> more) {
        return more.apply(CallEngine.builder()
                        .line(line)
                        .agent(agent)
                        .store(store)
                        .time(time)
                        .executor(time)
                        .listener(events::add))
                .build();
    }

    private static Assistant assistant() {
        return Assistant.prompt("You confirm tomorrow's appointment.").build();
    }

    private static CallOrderBuilder order() {
        return CallOrder.to(DANA).assistant(assistant());
    }

    private static OrderStatus status(CallEngine engine, CallHandle call) {
        return engine.get(call.id()).orElseThrow().order().status();
    }

    private static List<String> names(List<CallEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
