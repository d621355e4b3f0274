package dev.revox.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.attempt.DialError;
import dev.revox.conversation.ConversationNotice.AgentSpeech;
import dev.revox.conversation.ConversationNotice.AnsweredAhead;
import dev.revox.conversation.ConversationNotice.BargeIn;
import dev.revox.conversation.ConversationNotice.ProviderFault;
import dev.revox.conversation.ConversationNotice.TurnMeasured;
import dev.revox.conversation.ConversationNotice.UserTurn;
import dev.revox.event.CallEvent;
import dev.revox.order.OrderKey;
import dev.revox.telemetry.ToldCall;
import dev.revox.testkit.script.CallTimeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

    private static final CallTimeline CALL = ToldCall.conversation();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallMetrics metrics = CallMetrics.of(registry);

    private double count(String name, String... tags) {
        return registry.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double live(String state) {
        return registry.get("revox.calls.live").tag("state", state).gauge().value();
    }

    private void tell(dev.revox.conversation.ConversationNotice notice) {
        metrics.onEvent(new CallEvent.InConversation(
                new OrderKey(Optional.empty(), "order"), Instant.EPOCH, "attempt", notice));
    }

    @Test
    void a_whole_call_is_counted_as_it_was() {
        ToldCall.tell(CALL, "order", metrics);

        assertThat(count("revox.orders.placed")).isEqualTo(1);
        assertThat(count("revox.orders.settled", "status", "completed")).isEqualTo(1);
        assertThat(count(
                        "revox.attempts",
                        "direction",
                        "outbound",
                        "status",
                        "completed",
                        "result",
                        "human",
                        "dial_error",
                        "none",
                        "ended_by",
                        "agent",
                        "end_reason",
                        "tool_end_call"))
                .isEqualTo(1);
        assertThat(count("revox.turns"))
                .isEqualTo(CALL.told(UserTurn.class).size())
                .isEqualTo(2);
        assertThat(count("revox.bargeins"))
                .isEqualTo(CALL.told(BargeIn.class).size())
                .isPositive();
        assertThat(count("revox.answers.ahead", "used", "true"))
                .isEqualTo((double) CALL.told(AnsweredAhead.class).stream()
                        .filter(AnsweredAhead::used)
                        .count());
        assertThat(count("revox.answers.ahead", "used", "false"))
                .isEqualTo((double) CALL.told(AnsweredAhead.class).stream()
                        .filter(one -> !one.used())
                        .count())
                .isPositive();
        assertThat(count("revox.agent.speeches"))
                .isEqualTo(CALL.told(AgentSpeech.class).size())
                .isGreaterThan(1);
    }

    @Test
    void stages_of_answers_sum_to_their_latency() {
        ToldCall.tell(CALL, "order", metrics);
        double stages = registry.get("revox.turn.stage").timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.NANOSECONDS))
                .sum();
        Timer latency = registry.get("revox.turn.latency").timer();

        assertThat(latency.count())
                .isEqualTo(CALL.told(TurnMeasured.class).size())
                .isPositive();
        assertThat(latency.totalTime(TimeUnit.NANOSECONDS)).isPositive().isEqualTo(stages);
        assertThat(latency.takeSnapshot().percentileValues()).hasSize(3);
    }

    @Test
    void models_and_tools_are_timed() {
        ToldCall.tell(CALL, "order", metrics);

        Timer first = registry.get("gen_ai.client.operation.time_to_first_chunk")
                .tags("gen_ai.provider.name", "scripted-llm", "outcome", "complete")
                .timer();
        assertThat(first.count()).isPositive();
        assertThat(first.max(TimeUnit.MILLISECONDS)).isEqualTo(100, within(1.0));
        Timer book = registry.get("gen_ai.execute_tool.duration")
                .tags("gen_ai.tool.name", "book", "error", "false")
                .timer();
        assertThat(book.count()).isEqualTo(1);
        assertThat(book.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(200, within(1.0));
        assertThat(registry.get("gen_ai.execute_tool.duration")
                        .tags("gen_ai.tool.name", "invented", "error", "true")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void what_was_heard_is_measured_at_the_end_of_an_answered_call() {
        ToldCall.tell(CALL, "order", metrics);

        assertThat(registry.get("revox.media.loss")
                        .tag("codec", "pcmu")
                        .summary()
                        .mean())
                .isEqualTo(0.01);
        assertThat(registry.get("revox.media.mos").summary().mean()).isEqualTo(4.0);
        assertThat(registry.get("revox.media.echo").counter().count()).isEqualTo(1.0);
        assertThat(registry.get("revox.media.jitter").timer().mean(TimeUnit.MILLISECONDS))
                .isEqualTo(4);
        assertThat(registry.get("revox.media.roundtrip").timer().mean(TimeUnit.MILLISECONDS))
                .isEqualTo(80);
        assertThat(registry.get("revox.call.duration").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo((double) CALL.lasted().toMillis(), within(1.0));
    }

    @Test
    void a_refused_call_has_its_dial_error_and_no_sound() {
        ToldCall.tellRefused("order", DialError.BUSY, metrics);

        assertThat(count("revox.attempts", "status", "error", "dial_error", "busy", "result", "none"))
                .isEqualTo(1);
        assertThat(registry.get("revox.attempt.ringing")
                        .tag("answered", "false")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(registry.find("revox.media.loss").summary()).isNull();
        assertThat(registry.find("revox.call.duration").timer()).isNull();
    }

    @Test
    void calls_are_live_from_the_invite_to_their_end() {
        OrderKey order = new OrderKey(Optional.empty(), "order");
        metrics.onEvent(new CallEvent.Dialling(order, Instant.EPOCH, "a"));
        metrics.onEvent(new CallEvent.Arrived(order, Instant.EPOCH, "b"));
        assertThat(live("dialling")).isEqualTo(2);
        metrics.onEvent(new CallEvent.Answered(order, Instant.EPOCH, "b", "opus"));
        assertThat(live("dialling")).isEqualTo(1);
        assertThat(live("talking")).isEqualTo(1);
        ToldCall.tell(CALL, "other", metrics);
        assertThat(live("talking")).isEqualTo(1);
    }

    @Test
    void an_attempt_that_another_engine_began_is_counted_and_takes_nobody_off_the_live_ones() {
        metrics.onEvent(new CallEvent.Dialling(new OrderKey(Optional.empty(), "x"), Instant.EPOCH, "x-1"));
        metrics.onEvent(new CallEvent.AttemptEnded(
                new OrderKey(Optional.empty(), "lost"),
                Instant.EPOCH,
                dev.revox.attempt.CallAttempt.queued(
                        "lost-1", dev.revox.phone.PhoneNumber.of(ToldCall.NUMBER), Instant.EPOCH),
                dev.revox.line.MediaReport.NONE));

        assertThat(count("revox.attempts", "direction", "unseen")).isEqualTo(1);
        assertThat(live("dialling")).isEqualTo(1);
    }

    @Test
    void no_meter_has_a_number_an_id_or_a_word_of_the_call() {
        ToldCall.tell(CALL, "order-4711", metrics);
        tell(new ProviderFault("call +14155550132 now", "x"));
        tell(new ProviderFault("4155550132", "x"));

        List<String> texts = registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> Stream.concat(
                        Stream.of(id.getName(), String.valueOf(id.getDescription())),
                        id.getTags().stream().flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))))
                .toList();
        assertThat(texts)
                .noneMatch(text -> text.contains("4155550132"))
                .noneMatch(text -> text.contains(ToldCall.SECRET))
                .noneMatch(text -> text.contains("4711"))
                .noneMatch(text -> text.contains("tenant-of-ours"));
        assertThat(count("revox.provider.faults", "provider", "other")).isEqualTo(2);
    }

    @Test
    void more_and_more_calls_bring_no_more_meters() {
        ToldCall.tell(CALL, "first", metrics);
        int meters = registry.getMeters().size();
        for (int i = 0; i < 50; i++) {
            ToldCall.tell(CALL, "order-" + i, metrics);
        }

        assertThat(registry.getMeters()).hasSize(meters);
        // Each timer with three percentiles is four.
        assertThat(meters).isLessThan(100);
    }

    @Test
    void of_names_at_most_a_hundred_are_kept_apart() {
        for (int i = 0; i < 500; i++) {
            tell(new ProviderFault("provider " + i, "x"));
        }

        assertThat(registry.find("revox.provider.faults").counters()).hasSize(101);
        assertThat(count("revox.provider.faults", "provider", "other")).isEqualTo(400);
        assertThat(registry.find("revox.provider.faults").counters())
                .extracting(one -> one.getId().getTags())
                .doesNotContain(List.of(Tag.of("provider", "provider 100")));
    }

    @Test
    void buckets_are_published_when_asked_for() {
        CallMetrics.builder(registry).histogram(true).percentiles().build();
        ToldCall.tell(
                CALL,
                "order",
                CallMetrics.builder(registry).histogram(true).percentiles(0.9).build());

        assertThat(registry.get("revox.turn.latency").timer().takeSnapshot().percentileValues())
                .extracting(value -> value.percentile())
                .containsExactly(0.9);
        assertThatThrownBy(() -> CallMetrics.builder(registry).percentiles(50)).hasMessageContaining("percentiles");
    }
}
