package dev.revox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.order.CampaignRef;
import dev.revox.order.Direction;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import dev.revox.transcript.TranscriptItem;
import dev.revox.wire.assistant.AssistantReader;
import dev.revox.wire.assistant.ModelReader;
import dev.revox.wire.assistant.PolicyReader;
import dev.revox.wire.assistant.WireNames;
import dev.revox.wire.json.Members;
import dev.revox.wire.json.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the page's response. <b>Thread:</b> Immutable. */
final class ReportReader {

    private static final Map<String, OrderStatus> ORDER_STATUSES =
            WireNames.of(OrderStatus.values(), OrderStatus::wireName);
    private static final Map<String, Direction> DIRECTIONS = WireNames.of(Direction.values(), Direction::wireName);
    private static final Map<String, AttemptStatus> ATTEMPT_STATUSES =
            WireNames.of(AttemptStatus.values(), AttemptStatus::wireName);
    private static final Map<String, AnsweredBy> RESULTS = WireNames.of(AnsweredBy.values(), AnsweredBy::wireName);
    private static final Map<String, DialError> DIAL_ERRORS = WireNames.of(DialError.values(), DialError::wireName);
    private static final Map<String, EndedBy> ENDERS = WireNames.of(EndedBy.values(), EndedBy::wireName);
    private static final Map<String, EndReason> END_REASONS = WireNames.of(EndReason.values(), EndReason::wireName);

    private static final Map<String, Function<Members, TranscriptItem>> ROLES = Map.of(
            "user", item -> new TranscriptItem.User(item.requiredText("content")),
            "assistant", item -> new TranscriptItem.Assistant(item.requiredText("content"), false),
            "tool", ReportReader::toolCall);

    /** Stands for a number that could not be read; the report is refused anyway. */
    private static final PhoneNumber UNREADABLE = PhoneNumber.of("+12125550100");

    private ReportReader() {}

    static CallReport read(JsonNode root, Problems problems) {
        Members outer = Members.of(root, "$", problems);
        outer.require("call");
        Members call = outer.object("call")
                .orElseGet(() -> Members.of(JsonNodeFactory.instance.objectNode(), "$.call", new Problems(true)));
        outer.finish();
        List<CallAttempt> attempts = call.objects("call_attempts").orElse(List.of()).stream()
                .map(ReportReader::attempt)
                .toList();
        derived(call);
        PlacedOrder order = order(call);
        call.finish();
        return new CallReport(order, attempts);
    }

    /** Known, but computed from the rest when written. */
    private static void derived(Members call) {
        List.of("last_call_attempt", "calls_count", "is_cancelled", "is_completed")
                .forEach(call::node);
    }

    private static PlacedOrder order(Members call) {
        Assistant assistant = call.object("assistant")
                .map(AssistantReader::response)
                .orElseGet(() -> {
                    call.wrong("assistant", "is required");
                    return Assistant.prompt("").build();
                });
        RetryPolicy policy =
                call.object("call_retry_config").map(PolicyReader::read).orElse(RetryPolicy.DEFAULT);
        return new PlacedOrder(
                call.requiredText("id"),
                call.choice("direction", DIRECTIONS).orElse(Direction.OUTBOUND),
                call.phoneNumber("to_phone_number").orElseGet(() -> {
                    call.require("to_phone_number");
                    return UNREADABLE;
                }),
                false,
                call.instant("scheduled_at"),
                Optional.empty(),
                call.textMap("prompt_variables"),
                call.textMap("metadata"),
                call.text("organization_id"),
                Optional.empty(),
                call.object("campaign").map(ReportReader::campaign),
                assistant,
                call.phoneNumber("from_phone_number"),
                policy,
                call.object("llm_model").flatMap(ModelReader::read).orElse(LlmModel.Dedicated.GPT_4_1),
                call.integer("first_sentence_delay_ms", 0)
                        .map(Duration::ofMillis)
                        .orElse(Speaking.DEFAULT_FIRST_SENTENCE_DELAY),
                policy.timezone().map(RecipientZones::fixed).orElse(RecipientZones.UNKNOWN),
                call.choice("status", ORDER_STATUSES).orElse(OrderStatus.INITIALIZING),
                false,
                call.choice("outcome", AssistantReader.OUTCOMES),
                call.text("outcome_summary"),
                call.instant("created_at").orElse(Instant.EPOCH),
                call.instant("updated_at").orElse(Instant.EPOCH),
                0);
    }

    private static CampaignRef campaign(Members members) {
        CampaignRef campaign = new CampaignRef(members.requiredText("id"), members.requiredText("name"));
        members.finish();
        return campaign;
    }

    private static CallAttempt attempt(Members members) {
        CallAttempt attempt = new CallAttempt(
                members.requiredText("id"),
                members.phoneNumber("phone_number").orElse(UNREADABLE),
                members.choice("status", ATTEMPT_STATUSES).orElse(AttemptStatus.QUEUED),
                members.instant("started_at"),
                members.instant("answered_at"),
                members.instant("ended_at"),
                members.choice("result", RESULTS),
                members.choice("dial_error", DIAL_ERRORS),
                members.choice("ended_by", ENDERS),
                members.choice("end_reason", END_REASONS),
                members.uri("recording_url"),
                members.objects("transcript")
                        .map(items ->
                                items.stream().map(ReportReader::transcriptItem).toList()),
                members.map("structured_output"));
        members.finish();
        return attempt;
    }

    private static TranscriptItem transcriptItem(Members members) {
        members.require("role");
        TranscriptItem item =
                members.choice("role", ROLES).map(kind -> kind.apply(members)).orElse(new TranscriptItem.User(""));
        members.finish();
        return item;
    }

    private static TranscriptItem toolCall(Members members) {
        String content = members.requiredText("content");
        return new TranscriptItem.Tool(
                members.requiredText("tool_name"),
                members.map("tool_arguments").orElse(Map.of()),
                members.text("tool_output").orElse(content),
                members.bool("tool_is_error").orElse(false),
                content);
    }
}
