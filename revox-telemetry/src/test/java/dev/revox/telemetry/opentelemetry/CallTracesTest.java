package dev.revox.telemetry.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import dev.revox.conversation.ConversationNotice.ModelAnswered;
import dev.revox.conversation.ConversationNotice.TurnMeasured;
import dev.revox.conversation.TurnLatency;
import dev.revox.event.CallEvent;
import dev.revox.order.OrderKey;
import dev.revox.telemetry.ToldCall;
import dev.revox.testkit.script.CallTimeline;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallTracesTest {

    private static final CallTimeline CALL = ToldCall.conversation();

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final CallTraces traces = CallTraces.of(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build());

    private List<SpanData> named(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .toList();
    }

    private SpanData one(String name) {
        List<SpanData> spans = named(name);
        assertThat(spans).as(name).hasSize(1);
        return spans.getFirst();
    }

    private List<SpanData> childrenOf(SpanData parent) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .toList();
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    @Test
    void a_call_is_one_trace_from_the_invite_to_the_end() {
        ToldCall.tell(CALL, "order", traces);

        SpanData attempt = one("invoke_agent");
        assertThat(attempt.getParentSpanContext().isValid()).isFalse();
        assertThat(attempt.getStartEpochNanos()).isEqualTo(nanos(ToldCall.DIALLED));
        assertThat(attempt.getEndEpochNanos()).isEqualTo(nanos(ToldCall.ANSWERED.plus(CALL.lasted())));
        assertThat(attempt.getAttributes().get(Keys.ORDER)).isEqualTo("order");
        assertThat(attempt.getAttributes().get(Keys.RESULT)).isEqualTo("human");
        assertThat(attempt.getAttributes().get(Keys.END_REASON)).isEqualTo("tool_end_call");
        assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(exported.getFinishedSpanItems())
                .allMatch(span -> span.getTraceId().equals(attempt.getTraceId()));
        assertThat(childrenOf(attempt)).extracting(SpanData::getName).containsExactly("dial", "leg");
        SpanData leg = one("leg");
        assertThat(leg.getStartEpochNanos()).isEqualTo(one("dial").getEndEpochNanos());
        assertThat(leg.getAttributes().get(Keys.MOS)).isEqualTo(4.0);
        assertThat(leg.getAttributes().get(Keys.LOSS)).isEqualTo(0.01);
        assertThat(leg.getEvents()).extracting(event -> event.getName()).contains("barge_in", "answered_ahead");
    }

    @Test
    void turns_hang_under_the_leg_and_their_stages_fill_them_without_a_gap() {
        ToldCall.tell(CALL, "order", traces);

        List<SpanData> turns = named("turn");
        List<TurnLatency> measured = CALL.told(TurnMeasured.class).stream()
                .map(TurnMeasured::latency)
                .toList();
        assertThat(turns).hasSize(2);
        assertThat(measured).isNotEmpty();
        for (TurnLatency latency : measured) {
            SpanData turn = turns.stream()
                    .filter(span -> Long.valueOf(latency.turn())
                            .equals(span.getAttributes().get(Keys.TURN)))
                    .findFirst()
                    .orElseThrow();
            assertThat(turn.getParentSpanId()).isEqualTo(one("leg").getSpanId());
            assertThat(turn.getEndEpochNanos() - turn.getStartEpochNanos())
                    .isEqualTo(latency.total().toNanos());
            List<SpanData> stages = childrenOf(turn).stream()
                    .filter(span -> span.getAttributes().isEmpty())
                    .toList();
            assertThat(stages)
                    .extracting(SpanData::getName)
                    .startsWith("vad")
                    .contains("tts")
                    .doesNotHaveDuplicates();
            long reached = turn.getStartEpochNanos();
            for (SpanData stage : stages) {
                assertThat(stage.getStartEpochNanos()).as(stage.getName()).isEqualTo(reached);
                reached = stage.getEndEpochNanos();
            }
            assertThat(reached).isEqualTo(turn.getEndEpochNanos());
        }
    }

    @Test
    void requests_and_tool_calls_have_the_names_of_the_conventions_for_generative_ai() {
        ToldCall.tell(CALL, "order", traces);

        List<SpanData> chats = named("chat scripted-llm");
        assertThat(chats).hasSize(CALL.told(ModelAnswered.class).size()).hasSizeGreaterThan(3);
        for (SpanData chat : chats) {
            assertThat(chat.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(chat.getAttributes().get(Keys.OPERATION)).isEqualTo("chat");
            assertThat(chat.getAttributes().get(Keys.PROVIDER)).isEqualTo("scripted-llm");
            // What was begun before the first turn was over, and dropped, has none to hang under.
            assertThat(exported.getFinishedSpanItems())
                    .filteredOn(span ->
                            span.getName().equals("turn") || span.getName().equals("leg"))
                    .extracting(SpanData::getSpanId)
                    .contains(chat.getParentSpanId());
        }
        assertThat(chats)
                .anyMatch(
                        chat -> Double.valueOf(0.1).equals(chat.getAttributes().get(Keys.FIRST_CHUNK)));
        SpanData book = one("execute_tool book");
        assertThat(book.getAttributes().get(Keys.TOOL)).isEqualTo("book");
        assertThat(book.getEndEpochNanos() - book.getStartEpochNanos()).isEqualTo(200_000_000L);
        assertThat(book.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        SpanData invented = one("execute_tool invented");
        assertThat(invented.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void a_refused_call_is_an_error_with_its_dial_error() {
        ToldCall.tellRefused("order", DialError.NO_ANSWER, traces);

        SpanData attempt = one("invoke_agent");
        assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attempt.getAttributes().get(Keys.ERROR)).isEqualTo("no_answer");
        assertThat(childrenOf(attempt)).extracting(SpanData::getName).containsExactly("dial");
        assertThat(one("dial").getEndEpochNanos()).isEqualTo(attempt.getEndEpochNanos());
    }

    @Test
    void no_span_has_a_number_or_a_word_of_the_call() {
        ToldCall.tell(CALL, "order", traces);

        assertThat(exported.getFinishedSpanItems())
                .map(SpanData::toString)
                .noneMatch(text -> text.contains("4155550132"))
                .noneMatch(text -> text.contains(ToldCall.SECRET))
                .noneMatch(text -> text.contains("afternoon"));
    }

    @Test
    void calls_that_are_still_up_are_ended_with_the_traces() {
        OrderKey order = new OrderKey(Optional.empty(), "order");
        traces.onEvent(new CallEvent.Dialling(order, Instant.EPOCH, "a"));
        traces.onEvent(new CallEvent.Arrived(order, Instant.EPOCH, "b"));
        traces.onEvent(new CallEvent.Answered(order, Instant.EPOCH, "b", "PCMA"));
        traces.close();

        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("invoke_agent", "dial", "invoke_agent", "dial", "leg");
    }

    @Test
    void news_of_calls_that_nobody_saw_begin_make_no_spans() {
        OrderKey order = new OrderKey(Optional.empty(), "order");
        traces.onEvent(new CallEvent.Answered(order, Instant.EPOCH, "lost", "PCMA"));
        traces.onEvent(new CallEvent.Ringing(order, Instant.EPOCH, "lost"));

        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }
}
