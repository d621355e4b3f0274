package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.Ambience;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationSetup;
import dev.revox.event.CallEvent;
import dev.revox.fake.FakeLeg;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.Direction;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.outcome.CallAnalysis;
import dev.revox.phone.PhoneNumber;
import dev.revox.store.HistoryEntry;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many orders at once, defects, shutdown, and everything around a call, in virtual time. */
class CallEngineDuressTest extends VirtualEngine {
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
        HistoryEntry end = end(engine, call.key());
        assertThat(end.status()).isEqualTo(OrderStatus.ERRORED);
        assertThat(end.why())
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
        assertThat(end(engine, told.order()).why()).contains("llm_model: unknown");
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
    void a_background_of_the_hosts_own_plays_from_the_answer_on() {
        CallEngine engine = engine(builder -> builder.backgroundSound("audio/rain.ogg"));
        CallHandle unused = engine.place(CallOrder.to(DANA)
                .assistant(Assistant.prompt("Talk.")
                        .ambience(new Ambience(Optional.of("audio/rain.ogg"), 0.2, Optional.empty(), 1, 0.5))
                        .build())
                .build());
        time.advance(Duration.ofMinutes(1));
        assertThat(line.leg(0).sounds()).containsExactly("background audio/rain.ogg");
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

    private static HistoryEntry end(CallEngine engine, OrderKey order) {
        return engine.history(order).stream()
                .filter(entry -> entry.cause() == HistoryEntry.Cause.ATTEMPT_ENDED)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
