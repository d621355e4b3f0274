package dev.revox.telemetry.opentelemetry;

import dev.revox.event.CallEvent;
import dev.revox.event.CallListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Calls as OpenTelemetry traces: one trace for each attempt.
 *
 * <pre>
 * invoke_agent                        the attempt: order, outcome
 *   dial                              from the INVITE to the answer, or to giving up
 *   leg                               from the answer to the end: codec, loss, jitter, score; barge-ins as events
 *     turn                            from the end of the person's speech to the first packet of the answer
 *       vad, stt, endpointing, ...    its stages, end to end
 *       chat gpt-4.1                  each request to a language model
 *       execute_tool book             each tool call
 * </pre>
 *
 * <p>No span has a telephone number or anything that was said, is said or was handed to a tool.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CallTraces implements CallListener, AutoCloseable {

    private static final String SCOPE = "dev.revox";

    private final Tracer tracer;
    private final ConcurrentMap<String, AttemptTrace> attempts = new ConcurrentHashMap<>();

    private CallTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Sends spans to that SDK. */
    public static CallTraces of(OpenTelemetry telemetry) {
        return new CallTraces(telemetry.getTracer(SCOPE));
    }

    @Override
    public void onEvent(CallEvent event) {
        switch (event) {
            case CallEvent.Dialling dialling ->
                attempts.put(
                        dialling.attemptId(),
                        new AttemptTrace(tracer, dialling.order(), dialling.attemptId(), "outbound", dialling.at()));
            case CallEvent.Arrived arrived ->
                attempts.put(
                        arrived.attemptId(),
                        new AttemptTrace(tracer, arrived.order(), arrived.attemptId(), "inbound", arrived.at()));
            case CallEvent.Ringing ringing -> at(ringing.attemptId()).event("ringing", ringing.at());
            case CallEvent.EarlyMedia early -> at(early.attemptId()).event("early_media", early.at());
            case CallEvent.Answered answered -> at(answered.attemptId()).answered(answered.at(), answered.codec());
            case CallEvent.InConversation talking -> at(talking.attemptId()).on(talking.notice(), talking.at());
            case CallEvent.AttemptEnded ended -> {
                AttemptTrace trace = attempts.remove(ended.attempt().id());
                // One of an engine that was lost: its spans are lost with it.
                if (trace != null) {
                    trace.ended(ended.attempt(), ended.media(), ended.at());
                }
            }
            case CallEvent.Placed placed -> {}
            case CallEvent.Planned planned -> {}
            case CallEvent.Settled settled -> {}
            case CallEvent.Analysed analysed -> {}
            case CallEvent.Reported reported -> {}
        }
    }

    /** Ends the spans of calls that are still up; for after the engine was closed. */
    @Override
    public void close() {
        attempts.values().forEach(AttemptTrace::abandon);
        attempts.clear();
    }

    private AttemptTrace at(String attemptId) {
        AttemptTrace trace = attempts.get(attemptId);
        return trace == null ? AttemptTrace.NONE : trace;
    }
}
