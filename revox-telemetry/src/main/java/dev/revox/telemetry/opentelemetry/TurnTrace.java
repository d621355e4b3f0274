package dev.revox.telemetry.opentelemetry;

import dev.revox.conversation.ConversationNotice.ModelAnswered;
import dev.revox.conversation.ConversationNotice.ToolCalled;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a leg's turns.
 *
 * <p>When a turn began is known only once its answer is heard, and a span's start cannot be moved. So what happens within a turn
 * waits until then. What happens after it, such as the rest of a long answer, is added to the turn that was answered last.
 *
 * <p><b>Thread:</b> As its attempt's.
 */
final class TurnTrace {

    /** A turn with more requests and tool calls than that is not worth more spans. */
    private static final int MOST_WAITING = 64;

    private static final double NANOS = 1e9;

    private static final Map<Milestone, String> STAGES = Map.of(
            Milestone.VAD_END, "vad",
            Milestone.STT_FINAL, "stt",
            Milestone.TURN_CLOSED, "endpointing",
            Milestone.LLM_FIRST_TOKEN, "llm_first_token",
            Milestone.LLM_CLAUSE, "llm_clause",
            Milestone.FIRST_CLAUSE, "clause",
            Milestone.TTS_FIRST_BYTE, "tts",
            Milestone.PROVIDER, "realtime",
            Milestone.FIRST_PACKET, "playout");

    private final Tracer tracer;
    private final Span leg;
    private final List<Consumer<Span>> waiting = new ArrayList<>();
    private @Nullable Instant closedAt;
    private Span last;

    TurnTrace(Tracer tracer, Span leg) {
        this.tracer = tracer;
        this.leg = leg;
        last = leg;
    }

    /** A turn of the person is over. */
    void closed(Instant at) {
        close(at);
        closedAt = at;
    }

    /** The answer to it is heard. */
    void measured(TurnLatency latency, Instant at) {
        long last = latency.milestones().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        long begin = latency.milestones().getOrDefault(Milestone.SPEECH_END, last);
        Instant from = at.minusNanos(last - begin);
        Span turn = span("turn", leg, from)
                .setAttribute(Keys.TURN, (long) latency.turn())
                .setAttribute(Keys.ANSWERED, true)
                .setAttribute(Keys.LATENCY, latency.total().toNanos() / NANOS)
                .startSpan();
        Instant reached = from;
        for (var stage : latency.stages().entrySet()) {
            Instant next = reached.plus(stage.getValue());
            if (!next.equals(reached)) {
                String name = STAGES.getOrDefault(
                        stage.getKey(), stage.getKey().name().toLowerCase(Locale.ROOT));
                span(name, turn, reached).startSpan().end(next);
            }
            reached = next;
        }
        over(turn, at);
    }

    /** Nothing more comes of the turn under way. */
    void close(Instant at) {
        Instant from = closedAt;
        if (from != null) {
            Span turn =
                    span("turn", leg, from).setAttribute(Keys.ANSWERED, false).startSpan();
            over(turn, at);
        }
    }

    private void over(Span turn, Instant at) {
        closedAt = null;
        waiting.forEach(work -> work.accept(turn));
        waiting.clear();
        turn.end(at);
        last = turn;
    }

    void add(ModelAnswered answer, Instant at) {
        place(turn -> {
            Span chat = span("chat " + answer.model(), turn, at.minus(answer.took()))
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(Keys.OPERATION, "chat")
                    .setAttribute(Keys.PROVIDER, answer.provider())
                    .setAttribute(Keys.MODEL, answer.model())
                    .startSpan();
            answer.firstToken().ifPresent(took -> chat.setAttribute(Keys.FIRST_CHUNK, took.toNanos() / NANOS));
            switch (answer.end()) {
                case COMPLETE -> {}
                case DROPPED -> chat.addEvent("dropped", at);
                case FAILED -> failed(chat);
            }
            chat.end(at);
        });
    }

    void add(ToolCalled call, Instant at) {
        String name = call.known() ? call.name() : "invented";
        place(turn -> {
            Span tool = span("execute_tool " + name, turn, at.minus(call.took()))
                    .setAttribute(Keys.OPERATION, "execute_tool")
                    .setAttribute(Keys.TOOL, name)
                    .startSpan();
            if (call.error()) {
                failed(tool);
            }
            tool.end(at);
        });
    }

    private static void failed(Span span) {
        span.setAttribute(Keys.ERROR, "_OTHER");
        span.setStatus(StatusCode.ERROR);
    }

    private void place(Consumer<Span> work) {
        if (closedAt == null) {
            work.accept(last);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(work);
        }
    }

    private SpanBuilder span(String name, Span parent, Instant from) {
        return tracer.spanBuilder(name).setParent(Context.root().with(parent)).setStartTimestamp(from);
    }
}
