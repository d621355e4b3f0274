package dev.revox.telemetry.opentelemetry;

import dev.revox.attempt.CallAttempt;
import dev.revox.conversation.ConversationNotice;
import dev.revox.line.MediaReport;
import dev.revox.order.OrderKey;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one attempt that are open.
 *
 * <p><b>Thread:</b> One thread at a time, as events of one call come.
 */
final class AttemptTrace {

    /** For news of an attempt that nobody saw begin. */
    static final AttemptTrace NONE = new AttemptTrace(
            OpenTelemetry.noop().getTracer("none"), new OrderKey(Optional.empty(), ""), "", "unseen", Instant.EPOCH);

    private static final double MICROS = 1e6;

    private final Tracer tracer;
    private final Span attempt;
    private final Span dial;
    private @Nullable Span leg;
    private @Nullable TurnTrace turns;

    AttemptTrace(Tracer tracer, OrderKey order, String attemptId, String direction, Instant at) {
        this.tracer = tracer;
        attempt = tracer.spanBuilder("invoke_agent")
                .setNoParent()
                .setSpanKind(direction.equals("inbound") ? SpanKind.SERVER : SpanKind.INTERNAL)
                .setStartTimestamp(at)
                .setAttribute(Keys.OPERATION, "invoke_agent")
                .setAttribute(Keys.CONVERSATION, attemptId)
                .setAttribute(Keys.ORDER, order.id())
                .setAttribute(Keys.ATTEMPT, attemptId)
                .setAttribute(Keys.DIRECTION, direction)
                .startSpan();
        dial = child("dial", SpanKind.CLIENT, at);
    }

    private Span child(String name, SpanKind kind, Instant at) {
        return tracer.spanBuilder(name)
                .setParent(Context.root().with(attempt))
                .setSpanKind(kind)
                .setStartTimestamp(at)
                .startSpan();
    }

    void event(String name, Instant at) {
        dial.addEvent(name, at);
    }

    void answered(Instant at, String codec) {
        dial.end(at);
        Span up = child("leg", SpanKind.INTERNAL, at);
        up.setAttribute(Keys.CODEC, codec);
        leg = up;
        turns = new TurnTrace(tracer, up);
    }

    void on(ConversationNotice notice, Instant at) {
        Span up = leg;
        TurnTrace open = turns;
        if (up == null || open == null) {
            return;
        }
        switch (notice) {
            case ConversationNotice.UserTurn turn -> open.closed(at);
            case ConversationNotice.TurnMeasured measured -> open.measured(measured.latency(), at);
            case ConversationNotice.ModelAnswered answer -> open.add(answer, at);
            case ConversationNotice.ToolCalled tool -> open.add(tool, at);
            case ConversationNotice.BargeIn bargeIn -> up.addEvent("barge_in", at);
            case ConversationNotice.AnsweredAhead ahead ->
                up.addEvent("answered_ahead", Attributes.of(Keys.USED, ahead.used()), at);
            case ConversationNotice.ProviderFault fault ->
                up.addEvent("provider_fault", Attributes.of(Keys.PROVIDER, fault.provider()), at);
            case ConversationNotice.AgentSpeech speech -> {}
        }
    }

    void ended(CallAttempt end, MediaReport media, Instant at) {
        if (leg != null && turns != null) {
            turns.close(at);
            leg.setAttribute(Keys.LOSS, media.quality().lossRate());
            leg.setAttribute(Keys.MOS, media.quality().mosConversational());
            leg.setAttribute(Keys.JITTER, media.jitterMicros() / MICROS);
            leg.end(at);
        } else {
            dial.end(at);
        }
        attempt.setAttribute(Keys.STATUS, end.status().wireName());
        end.result().ifPresent(result -> attempt.setAttribute(Keys.RESULT, result.wireName()));
        end.endedBy().ifPresent(by -> attempt.setAttribute(Keys.ENDED_BY, by.wireName()));
        end.endReason().ifPresent(reason -> attempt.setAttribute(Keys.END_REASON, reason.wireName()));
        end.dialError().ifPresent(error -> {
            attempt.setAttribute(Keys.DIAL_ERROR, error.wireName());
            attempt.setAttribute(Keys.ERROR, error.wireName());
            attempt.setStatus(StatusCode.ERROR);
        });
        attempt.end(at);
    }

    /** Nobody will say how it ended. */
    void abandon() {
        if (leg != null) {
            leg.end();
        } else {
            dial.end();
        }
        attempt.setStatus(StatusCode.ERROR, "the engine was closed");
        attempt.end();
    }
}
