package dev.revox.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.CallOutcome;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.transcript.TranscriptItem;
import dev.revox.wire.assistant.AssistantWriter;
import dev.revox.wire.json.Nodes;
import java.util.List;

/** Writes the page's response. <b>Thread:</b> Immutable. */
final class ReportWriter {

    private final AssistantWriter assistants;

    ReportWriter(boolean secretsShown) {
        assistants = new AssistantWriter(secretsShown);
    }

    String write(CallReport report) {
        ObjectNode root = Nodes.object();
        root.set("call", call(report.order(), report.attempts()));
        return root.toString();
    }

    private ObjectNode call(PlacedOrder order, List<CallAttempt> attempts) {
        ObjectNode call = Nodes.object();
        call.put("id", order.id());
        call.set("assistant", assistants.assistant(order.assistant()));
        ArrayNode rows = call.putArray("call_attempts");
        attempts.forEach(attempt -> rows.add(attempt(attempt)));
        call.set("call_retry_config", AssistantWriter.policy(order.retryPolicy()));
        call.put("calls_count", attempts.size());
        Nodes.setOrNull(
                call,
                "campaign",
                order.campaign()
                        .map(owner -> Nodes.object().put("id", owner.id()).put("name", owner.name())));
        call.put("created_at", order.createdAt().toString());
        call.put("direction", order.direction().wireName());
        call.put("first_sentence_delay_ms", order.firstSentenceDelay().toMillis());
        Nodes.textOrNull(call, "from_phone_number", order.from().map(number -> number.e164()));
        call.put("is_cancelled", order.status() == OrderStatus.CANCELLED);
        call.put("is_completed", order.status() == OrderStatus.COMPLETED);
        Nodes.setOrNull(call, "last_call_attempt", attempts.stream().findFirst().map(ReportWriter::attempt));
        call.set("llm_model", assistants.model(order.model()));
        call.set("metadata", Nodes.textMap(order.metadata()));
        Nodes.textOrNull(call, "organization_id", order.organizationId());
        call.set("prompt_variables", Nodes.textMap(order.promptVariables()));
        Nodes.textOrNull(call, "scheduled_at", order.scheduledAt().map(Object::toString));
        call.put("status", order.status().wireName());
        call.put("to_phone_number", order.to().e164());
        call.put("updated_at", order.updatedAt().toString());
        Nodes.textIfPresent(call, "outcome", order.outcome().map(CallOutcome::wireName));
        Nodes.textIfPresent(call, "outcome_summary", order.outcomeSummary());
        return call;
    }

    private static ObjectNode attempt(CallAttempt attempt) {
        ObjectNode row = Nodes.object();
        row.put("id", attempt.id());
        Nodes.textOrNull(row, "answered_at", attempt.answeredAt().map(Object::toString));
        Nodes.textOrNull(row, "dial_error", attempt.dialError().map(DialError::wireName));
        Nodes.textOrNull(row, "ended_at", attempt.endedAt().map(Object::toString));
        row.put("phone_number", attempt.phoneNumber().e164());
        Nodes.textOrNull(row, "recording_url", attempt.recordingUrl().map(Object::toString));
        Nodes.textOrNull(row, "result", attempt.result().map(AnsweredBy::wireName));
        Nodes.textOrNull(row, "started_at", attempt.startedAt().map(Object::toString));
        row.put("status", attempt.status().wireName());
        Nodes.textIfPresent(row, "end_reason", attempt.endReason().map(EndReason::wireName));
        Nodes.textIfPresent(row, "ended_by", attempt.endedBy().map(EndedBy::wireName));
        attempt.structuredOutput().ifPresent(found -> row.set("structured_output", Nodes.value(found)));
        attempt.transcript().ifPresent(items -> {
            ArrayNode transcript = row.putArray("transcript");
            items.forEach(item -> transcript.add(transcriptItem(item)));
        });
        return row;
    }

    private static ObjectNode transcriptItem(TranscriptItem item) {
        ObjectNode entry = Nodes.object().put("content", item.content());
        return switch (item) {
            case TranscriptItem.User user -> entry.put("role", "user");
            case TranscriptItem.Assistant assistant -> entry.put("role", "assistant");
            case TranscriptItem.Tool tool -> {
                entry.put("role", "tool");
                entry.set("tool_arguments", Nodes.value(tool.arguments()));
                yield entry.put("tool_is_error", tool.error())
                        .put("tool_name", tool.name())
                        .put("tool_output", tool.output());
            }
        };
    }
}
