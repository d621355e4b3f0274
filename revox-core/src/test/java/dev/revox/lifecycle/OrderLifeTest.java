package dev.revox.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.fake.Fixtures;
import dev.revox.job.Job;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.RecipientZones;
import dev.revox.store.Beginning;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderLifeTest {
    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3_600);
    private static final NodeId NODE = new NodeId("here", 1);

    private static final Set<OrderStatus> WAITING =
            EnumSet.of(OrderStatus.INITIALIZING, OrderStatus.SCHEDULED, OrderStatus.QUEUED_FOR_CALLING);
    private static final Set<OrderStatus> FINAL =
            EnumSet.of(OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.ERRORED);
    private static final Set<OrderStatus> CALLING = EnumSet.of(OrderStatus.CALLING);

    /** Every step, and from which statuses it leads where. Whatever is missing is impossible. */
    private static final Map<Class<? extends OrderStep>, Map<OrderStatus, OrderStatus>> TABLE = Map.ofEntries(
            Map.entry(OrderStep.Plan.class, all(WAITING, OrderStatus.SCHEDULED)),
            Map.entry(OrderStep.Queue.class, all(WAITING, OrderStatus.QUEUED_FOR_CALLING)),
            Map.entry(OrderStep.Begin.class, all(WAITING, OrderStatus.CALLING)),
            Map.entry(OrderStep.Progress.class, stay(CALLING, FINAL)),
            Map.entry(OrderStep.End.class, and(all(CALLING, OrderStatus.SCHEDULED), stay(FINAL))),
            Map.entry(OrderStep.Lose.class, and(all(CALLING, OrderStatus.COMPLETED), stay(FINAL))),
            Map.entry(OrderStep.Pause.class, and(all(WAITING, OrderStatus.SCHEDULED), stay(CALLING))),
            Map.entry(OrderStep.Resume.class, stay(WAITING, CALLING)),
            Map.entry(OrderStep.Hold.class, all(WAITING, OrderStatus.SCHEDULED)),
            // None of these rows is held, so there is nothing to let go.
            Map.entry(OrderStep.Release.class, stay(WAITING, CALLING, FINAL)),
            Map.entry(
                    OrderStep.Cancel.class,
                    and(
                            all(WAITING, OrderStatus.CANCELLED),
                            all(CALLING, OrderStatus.CANCELLED),
                            stay(EnumSet.of(OrderStatus.CANCELLED)))),
            Map.entry(OrderStep.Settle.class, all(WAITING, OrderStatus.COMPLETED)),
            Map.entry(OrderStep.Analyse.class, stay(WAITING, CALLING, FINAL)),
            Map.entry(OrderStep.Report.class, stay(FINAL)));

    static Stream<Arguments> every_status_and_step() {
        return Arrays.stream(OrderStatus.values())
                .flatMap(status -> steps().stream().map(step -> Arguments.of(status, step)));
    }

    @Test
    void the_table_knows_every_step() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(steps().stream()
                        .<Class<? extends OrderStep>>map(OrderStep::getClass)
                        .toList())
                .hasSameSizeAs(OrderStep.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource
    void every_status_and_step(OrderStatus status, OrderStep step) {
        StoredOrder row = row(status, step instanceof OrderStep.Resume);
        Optional<OrderStatus> expected = Optional.ofNullable(
                TABLE.getOrDefault(step.getClass(), Map.of()).get(status));

        Change change = OrderLife.after(row, step, LATER);

        switch (change) {
            case Change.To to -> {
                assertThat(to.transition().order().order().status()).isEqualTo(expected.orElseThrow());
                assertThat(to.transition().expectedVersion())
                        .isEqualTo(row.order().version());
                assertThat(to.transition().order().order().version())
                        .isGreaterThan(row.order().version());
            }
            case Change.None none -> assertThat(status).isEqualTo(expected.orElseThrow());
            case Change.Impossible impossible -> {
                assertThat(expected).isEmpty();
                assertThat(impossible.why()).contains(status.wireName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("every_status_and_step")
    void a_paused_order_takes_no_step_towards_an_attempt(OrderStatus status, OrderStep step) {
        StoredOrder row = row(status, true);
        boolean towards = step instanceof OrderStep.Plan
                || step instanceof OrderStep.Queue
                || step instanceof OrderStep.Begin
                || step instanceof OrderStep.Settle;
        if (towards) {
            assertThat(OrderLife.after(row, step, LATER)).isInstanceOf(Change.Impossible.class);
        } else if (OrderLife.after(row, step, LATER) instanceof Change.To to) {
            assertThat(to.transition().order().order().paused()).isEqualTo(!(step instanceof OrderStep.Resume));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INITIALIZING", "SCHEDULED", "QUEUED_FOR_CALLING", "CALLING"})
    void pausing_resuming_and_cancelling_twice_changes_nothing(OrderStatus status) {
        StoredOrder paused = taken(row(status, false), new OrderStep.Pause());
        assertThat(OrderLife.after(paused, new OrderStep.Pause(), LATER)).isInstanceOf(Change.None.class);
        StoredOrder resumed = taken(paused, new OrderStep.Resume());
        assertThat(resumed.order().paused()).isFalse();
        assertThat(OrderLife.after(resumed, new OrderStep.Resume(), LATER)).isInstanceOf(Change.None.class);
        StoredOrder cancelled = taken(resumed, new OrderStep.Cancel());
        assertThat(OrderLife.after(cancelled, new OrderStep.Cancel(), LATER)).isInstanceOf(Change.None.class);
    }

    @Test
    void a_plan_for_the_same_instant_and_a_second_place_in_the_queue_change_nothing() {
        StoredOrder planned = taken(row(OrderStatus.INITIALIZING, false), new OrderStep.Plan(LATER, "why"));
        assertThat(OrderLife.after(planned, new OrderStep.Plan(LATER, "another why"), LATER))
                .isInstanceOf(Change.None.class);
        StoredOrder queued = taken(planned, new OrderStep.Queue(LATER.plusSeconds(60)));
        assertThat(OrderLife.after(queued, new OrderStep.Queue(LATER.plusSeconds(90)), LATER))
                .isInstanceOf(Change.None.class);
    }

    @Test
    void who_queues_late_keeps_the_instant_at_which_it_became_due() {
        StoredOrder planned = taken(row(OrderStatus.INITIALIZING, false), new OrderStep.Plan(NOON, "why"));

        assertThat(taken(planned, new OrderStep.Queue(LATER.plusSeconds(60))).dueAt())
                .contains(NOON);
    }

    @Test
    void what_waits_for_an_instant_has_a_job_for_it() {
        Transition planned = transition(row(OrderStatus.INITIALIZING, false), new OrderStep.Plan(LATER, "why"));
        assertThat(planned.jobs()).containsExactly(Job.attempt(planned.key(), LATER));
        Transition again = transition(row(OrderStatus.CALLING, false), steps().get(4));
        assertThat(again.jobs())
                .contains(Job.attempt(again.key(), LATER))
                .anyMatch(job -> job.kind() == Job.Kind.ANALYSIS);
        Transition resumed = transition(row(OrderStatus.SCHEDULED, true), new OrderStep.Resume());
        assertThat(resumed.jobs()).hasSize(1);
    }

    @Test
    void whoever_begins_or_closes_for_the_dead_makes_the_order_its_own_and_the_end_is_fenced() {
        assertThat(transition(row(OrderStatus.SCHEDULED, false), steps().get(2)).claims())
                .isTrue();
        assertThat(transition(row(OrderStatus.CALLING, false), steps().get(5)).claims())
                .isTrue();
        assertThat(transition(row(OrderStatus.CALLING, false), steps().get(4)).fencingToken())
                .isEqualTo(7);
        assertThat(transition(row(OrderStatus.CALLING, false), steps().get(3)).fencingToken())
                .isEqualTo(7);
    }

    @Test
    void a_report_is_noted_once() {
        StoredOrder reported = taken(row(OrderStatus.COMPLETED, false), new OrderStep.Report(Optional.empty()));

        assertThat(reported.reported()).isTrue();
        assertThat(OrderLife.after(reported, new OrderStep.Report(Optional.empty()), LATER))
                .isInstanceOf(Change.None.class);
    }

    /** Property: whatever comes in whatever order. */
    @Test
    void no_sequence_of_steps_leaves_a_settled_order_or_dials_a_paused_one() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StoredOrder row = row(OrderStatus.INITIALIZING, false);
            for (int i = 0; i < 60; i++) {
                OrderStep step = steps().get(random.nextInt(steps().size()));
                Change change = OrderLife.after(row, step, LATER.plusSeconds(i));
                if (change instanceof Change.To to) {
                    StoredOrder next = to.transition().order();
                    check("seed " + seed + ", step " + i + " " + step.getClass().getSimpleName(), row, next);
                    assertThat(to.transition().events().stream().map(HistoryEntry::status))
                            .allMatch(next.order().status()::equals);
                    row = next;
                }
            }
        }
    }

    private static void check(String where, StoredOrder row, StoredOrder next) {
        OrderStatus before = row.order().status();
        OrderStatus after = next.order().status();
        if (row.order().settled()) {
            assertThat(after).as(where).isEqualTo(before);
        }
        if (row.order().paused() && before != OrderStatus.CALLING) {
            assertThat(after).as(where).isNotEqualTo(OrderStatus.CALLING);
        }
        if (row.reported()) {
            assertThat(next.reported()).as(where).isTrue();
        }
        if (next.dueAt().isPresent() || !OrderLife.held(next)) {
            assertThat(next.dueAt().isPresent()).as(where + ": due is who waits").isEqualTo(WAITING.contains(after));
        }
        if (OrderLife.held(next) && !OrderLife.held(row)) {
            assertThat(where).as("only a campaign holds an order").endsWith("Hold");
        }
        assertThat(next.order().version()).as(where).isGreaterThan(row.order().version());
    }

    private static List<OrderStep> steps() {
        CallAttempt live = CallAttempt.queued("a", Fixtures.DANA, NOON);
        StoredAttempt begun = StoredAttempt.of(live, NODE, Optional.empty());
        StoredAttempt lost = begun.lost(Settlement.engineLost(live, LATER), LATER);
        StoredAttempt ended =
                begun.withAttempt(Settlement.engineLost(live, LATER)).withAnalysis(AnalysisState.PENDING);
        assertThat(ended.attempt().status()).isEqualTo(AttemptStatus.ERROR);
        return List.of(
                new OrderStep.Plan(LATER, "why"),
                new OrderStep.Queue(LATER.plusSeconds(60)),
                new OrderStep.Begin(begun, Beginning.of(NODE, LATER)),
                new OrderStep.Progress(begun, 7),
                new OrderStep.End(ended, new Sequel.Again(LATER, "why"), 7),
                new OrderStep.Lose(lost, new Sequel.Settled(OrderStatus.COMPLETED, "why")),
                new OrderStep.Pause(),
                new OrderStep.Resume(),
                new OrderStep.Hold(),
                new OrderStep.Release(),
                new OrderStep.Cancel(),
                new OrderStep.Settle(OrderStatus.COMPLETED, "why"),
                new OrderStep.Analyse(ended.withAnalysis(AnalysisState.DONE), Optional.empty(), Optional.empty()),
                new OrderStep.Report(Optional.empty()));
    }

    private static StoredOrder row(OrderStatus status, boolean paused) {
        PlacedOrder accepted = PlacedOrder.accepted(
                CallOrder.to(Fixtures.DANA.e164())
                        .assistant(Fixtures.assistant())
                        .build(),
                "order-1",
                Fixtures.assistant(),
                RecipientZones.fixed(ZoneId.of("Europe/Paris")),
                NOON);
        PlacedOrder order = accepted.withStatus(status, NOON).withPaused(paused, NOON);
        Optional<Instant> due = WAITING.contains(status) ? Optional.of(NOON) : Optional.empty();
        return StoredOrder.of(order, due);
    }

    private static Transition transition(StoredOrder row, OrderStep step) {
        return ((Change.To) OrderLife.after(row, step, LATER)).transition();
    }

    private static StoredOrder taken(StoredOrder row, OrderStep step) {
        return transition(row, step).order();
    }

    private static Map<OrderStatus, OrderStatus> all(Set<OrderStatus> from, OrderStatus to) {
        Map<OrderStatus, OrderStatus> map = new java.util.EnumMap<>(OrderStatus.class);
        from.forEach(status -> map.put(status, to));
        return map;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // it only reads them
    private static Map<OrderStatus, OrderStatus> stay(Set<OrderStatus>... from) {
        Map<OrderStatus, OrderStatus> map = new java.util.EnumMap<>(OrderStatus.class);
        for (Set<OrderStatus> set : from) {
            set.forEach(status -> map.put(status, status));
        }
        return map;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // it only reads them
    private static Map<OrderStatus, OrderStatus> and(Map<OrderStatus, OrderStatus>... parts) {
        Map<OrderStatus, OrderStatus> map = new java.util.EnumMap<>(OrderStatus.class);
        for (Map<OrderStatus, OrderStatus> part : parts) {
            map.putAll(part);
        }
        return map;
    }
}
