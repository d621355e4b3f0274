package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.fake.ScriptedAgent;
import dev.revox.fake.ScriptedLine;
import dev.revox.fake.StoppableTime;
import dev.revox.line.LineLimits;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.HistoryEntry.Cause;
import dev.revox.store.memory.MemoryStore;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Engines that share their orders: who dials, who waits, and what becomes of the calls of one that dies. */
class CallEnginesOnOneStoreTest extends VirtualEngine {
    private final ScriptedLine otherLine = new ScriptedLine(ScriptedLine.answers());
    private final ScriptedAgent otherAgent = new ScriptedAgent();
    private final StoppableTime otherTime = new StoppableTime(time);
    private final MemoryStore otherStore = store.another();

    private CallEngine other() {
        return CallEngine.builder()
                .line(otherLine)
                .agent(otherAgent)
                .store(otherStore)
                .time(otherTime)
                .executor(otherTime)
                .nodeName("other")
                .maxConcurrentCalls(2)
                .build();
    }

    @Test
    void a_live_call_ends_when_it_is_cancelled_through_another_engine() {
        agent.talksFor(Duration.ofHours(1));
        CallEngine dialler = engine();
        CallHandle call = dialler.place(order().build());
        time.advance(Duration.ofSeconds(20));
        assertThat(status(dialler, call)).isEqualTo(OrderStatus.CALLING);

        assertThat(other().cancel(call.key())).isTrue();
        time.advance(Duration.ofSeconds(5));

        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(report.lastAttempt().orElseThrow().endReason()).contains(EndReason.CANCELLED);
        assertThat(names(events)).containsOnlyOnce("Settled", "Reported");
    }

    @Test
    void the_calls_of_an_engine_that_died_are_closed_and_their_people_not_called_before_the_call_is_over_for_certain() {
        otherAgent.talksFor(Duration.ofHours(1));
        CallEngine dying = other();
        CallHandle call = dying.place(order().build());
        time.advance(Duration.ofSeconds(20));
        assertThat(otherLine.dialled()).hasSize(1);
        Instant dialled = otherLine.dialledAt().getFirst();

        CallEngine survivor = engine();
        otherTime.stop();
        otherStore.close();
        time.advance(Duration.ofSeconds(40));

        CallAttempt lost = survivor.get(call.key()).orElseThrow().lastAttempt().orElseThrow();
        assertThat(lost.status()).isEqualTo(AttemptStatus.ERROR);
        assertThat(lost.endedBy()).contains(EndedBy.SYSTEM);
        assertThat(lost.endReason()).contains(EndReason.ENGINE_LOST);
        assertThat(survivor.history(call.key()))
                .last()
                .satisfies(entry -> assertThat(entry.cause()).isEqualTo(Cause.ATTEMPT_LOST));

        time.advance(Duration.ofDays(1));
        assertThat(line.dialledAt()).hasSize(1);
        // 45 s of ringing, an hour of talk, a minute; the window's delay of two hours after the loss comes later still.
        assertThat(Duration.between(dialled, line.dialledAt().getFirst())).isGreaterThan(Duration.ofSeconds(3705));
    }

    @Test
    void the_slot_of_a_lost_call_stays_taken_until_the_call_is_over_for_certain() {
        otherAgent.talksFor(Duration.ofHours(1));
        CallHandle lost = other().place(order().concurrency("desk", 1).build());
        time.advance(Duration.ofSeconds(20));
        CallEngine survivor = engine();
        CallHandle waiting = survivor.place(CallOrder.to("+33612345601")
                .assistant(assistant())
                .concurrency("desk", 1)
                .build());
        otherTime.stop();
        otherStore.close();

        time.advance(Duration.ofMinutes(60));
        assertThat(status(survivor, waiting)).isEqualTo(OrderStatus.QUEUED_FOR_CALLING);
        time.advance(Duration.ofMinutes(3));
        assertThat(line.dialled()).hasSize(1);
        assertThat(survivor.get(lost.key()).orElseThrow().order().status()).isEqualTo(OrderStatus.SCHEDULED);
    }

    @Test
    void an_engine_that_restarts_under_its_name_takes_its_orders_up_at_once() {
        otherAgent.talksFor(Duration.ofHours(1));
        CallHandle call = other().place(order().build());
        time.advance(Duration.ofSeconds(20));
        otherTime.stop();
        otherStore.close();

        CallEngine restarted = engine(builder -> builder.nodeName("other"));
        time.advance(Duration.ofMillis(10));

        assertThat(restarted
                        .get(call.key())
                        .orElseThrow()
                        .lastAttempt()
                        .orElseThrow()
                        .endReason())
                .contains(EndReason.ENGINE_LOST);
    }

    @Test
    void an_engine_that_was_taken_for_dead_lets_go_of_its_calls() {
        agent.talksFor(Duration.ofHours(1));
        CallEngine engine = engine(builder -> builder.nodeName("here"));
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(20));
        store.nodes().beats().forEach((node, beat) -> store.nodes().expel(node, beat));

        time.advance(Duration.ofSeconds(10));

        assertThat(agent.open()).isZero();
        assertThat(line.leg(0).hangUps()).isEqualTo(1);
        assertThat(engine.get(call.id())
                        .orElseThrow()
                        .lastAttempt()
                        .orElseThrow()
                        .endReason())
                .contains(EndReason.ENGINE_LOST);
    }

    @Test
    void a_lines_channels_and_its_pace_are_shared() {
        LineLimits limits = LineLimits.of("trunk", 3, 2);
        line.carries(limits);
        otherLine.carries(limits);
        agent.talksFor(Duration.ofSeconds(60));
        otherAgent.talksFor(Duration.ofSeconds(60));
        List<CallEngine> engines = List.of(engine(builder -> builder.maxConcurrentCalls(2)), other());
        List<CallHandle> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(engines.get(i % 2)
                    .place(CallOrder.to("+3361234560" + i)
                            .assistant(assistant())
                            .build()));
        }

        time.advance(Duration.ofMinutes(10));

        List<Instant> starts = Stream.concat(line.dialledAt().stream(), otherLine.dialledAt().stream())
                .sorted()
                .toList();
        assertThat(starts).hasSize(8);
        for (int i = 1; i < 8; i++) {
            assertThat(Duration.between(starts.get(i - 1), starts.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500));
        }
        for (int i = 3; i < 8; i++) {
            // Each holds for more than a minute, so the fourth after any waits for that one's end.
            assertThat(Duration.between(starts.get(i - 3), starts.get(i))).isGreaterThan(Duration.ofSeconds(60));
        }
        assertThat(otherLine.dialled()).isNotEmpty();
        assertThat(line.dialled()).isNotEmpty();
        assertThat(calls).allMatch(call -> call.report().isDone() || settledElsewhere(engines, call));
    }

    private static boolean settledElsewhere(List<CallEngine> engines, CallHandle call) {
        return engines.getFirst().get(call.key()).orElseThrow().order().settled();
    }

    @Test
    void the_report_comes_to_whoever_placed_the_call_though_another_engine_made_it() {
        CallEngine full = engine(builder -> builder.maxConcurrentCalls(1));
        agent.talksFor(Duration.ofHours(2));
        CallHandle unused = full.place(order().build());
        CallEngine free = other();
        CallHandle call = full.place(CallOrder.to("+33612345601")
                .assistant(assistant())
                .retryPolicy(RetryPolicy.builder().everyDay().maxAttempts(1).build())
                .build());
        var report = call.report();

        time.advance(Duration.ofMinutes(5));

        assertThat(otherLine.dialled()).hasSize(1);
        assertThat(report).isDone();
        assertThat(free.get(call.key()).orElseThrow().order().settled()).isTrue();
    }

    @Test
    void a_closed_engine_leaves_nothing_owned() {
        CallEngine engine = other();
        otherAgent.talksFor(Duration.ofHours(1));
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofSeconds(20));
        engine.close();

        assertThat(store.nodes().beats()).isEmpty();
        assertThat(store.orphans(10)).isEmpty();
        assertThat(store.attempts(call.key()).getFirst().attempt().endReason()).contains(EndReason.SHUTDOWN);
    }
}
