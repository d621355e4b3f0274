package dev.revox.wire.assistant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.FaqItem;
import dev.revox.assistant.HumanTransferMode;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.Messages;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.PromptFlow;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.attempt.CallOutcome;
import dev.revox.schedule.RetryPolicy;
import dev.revox.template.Template;
import dev.revox.wire.json.Nodes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Writes the response's {@code assistant} and what else carries secrets. <b>Thread:</b> Immutable. */
public final class AssistantWriter {

    private static final String MASK = "****";

    private final boolean secretsShown;

    /**
     * A writer.
     *
     * @param secretsShown keys and literal header values are written as they are, not as {@code ****}
     */
    public AssistantWriter(boolean secretsShown) {
        this.secretsShown = secretsShown;
    }

    public ObjectNode assistant(Assistant assistant) {
        ObjectNode json = Nodes.object();
        json.put("id", assistant.id());
        messages(json, assistant.messages());
        ambience(json, assistant.ambience());
        Nodes.setOrNull(
                json,
                "calendly",
                assistant
                        .calendly()
                        .map(link -> Nodes.object()
                                .put("connection_id", link.connectionId())
                                .put("event_type_id", link.eventTypeId())));
        Nodes.setOrNull(json, "call_retry_config", assistant.retryPolicy().map(AssistantWriter::policy));
        json.put("created_at", assistant.createdAt().toString());
        ArrayNode tools = json.putArray("custom_tools");
        assistant.tools().forEach(tool -> tools.add(tool(tool)));
        notifications(json, assistant.notifications());
        speaking(json, assistant.speaking());
        Nodes.textOrNull(json, "from_phone_number", assistant.fromPhoneNumber().map(number -> number.e164()));
        json.put("ivr_navigation_enabled", assistant.ivrNavigation());
        Nodes.setOrNull(json, "llm_model", assistant.model().map(this::model));
        Nodes.textOrNull(json, "name", assistant.name());
        Nodes.textOrNull(json, "organization_id", assistant.organizationId());
        json.put("prompt", assistant.prompt());
        Nodes.setOrNull(json, "prompt_flow", assistant.promptFlow().map(AssistantWriter::promptFlow));
        json.set("structured_output_config", fields(assistant.analysis().structuredOutput()));
        Nodes.textOrNull(json, "structured_output_prompt", assistant.analysis().structuredOutputPrompt());
        var transfer = assistant.transfer();
        Nodes.textOrNull(json, "human_transfer_mode", transfer.mode().map(HumanTransferMode::wireName));
        Nodes.textOrNull(json, "transfer_phone_number", transfer.phoneNumber().map(number -> number.e164()));
        Nodes.textOrNull(json, "warm_transfer_summary_instructions", transfer.summaryInstructions());
        json.put("updated_at", assistant.updatedAt().toString());
        Nodes.setOrNull(json, "voice", assistant.voice().map(AssistantWriter::voice));
        ArrayNode items = json.putArray("faq_items");
        assistant.faqItems().forEach(item -> items.add(faqItem(item)));
        json.put("pending_faq_count", assistant.pendingFaqCount());
        return json;
    }

    private static void messages(ObjectNode json, Messages messages) {
        Nodes.textOrNull(json, "after_call_sms_prompt", messages.afterCallSmsPrompt());
        json.put("sms_enabled", messages.smsEnabled());
        Nodes.textOrNull(json, "sms_template", messages.smsTemplate());
        Nodes.textOrNull(json, "voicemail_message", messages.voicemailMessage());
        Nodes.textOrNull(json, "voicemail_sms_prompt", messages.voicemailSmsPrompt());
    }

    private static void ambience(ObjectNode json, Ambience ambience) {
        Nodes.textOrNull(json, "background_sound", ambience.backgroundSound());
        json.set("background_sound_volume", Nodes.number(ambience.backgroundSoundVolume()));
        Nodes.textOrNull(json, "thinking_sound", ambience.thinkingSound().map(ThinkingSound::wireName));
        json.set("thinking_sound_probability", Nodes.number(ambience.thinkingSoundProbability()));
        json.set("thinking_sound_volume", Nodes.number(ambience.thinkingSoundVolume()));
    }

    private static void notifications(ObjectNode json, Notifications notifications) {
        Nodes.textOrNull(json, "email_notification_address", notifications.emailAddress());
        json.set(
                "email_notification_outcomes",
                Nodes.texts(notifications.emailOutcomes().stream()
                        .map(CallOutcome::wireName)
                        .toList()));
        Nodes.textOrNull(json, "webhook_url", notifications.webhookUrl().map(Object::toString));
    }

    private static void speaking(ObjectNode json, Speaking speaking) {
        Nodes.textOrNull(json, "end_of_call_sentence", speaking.endOfCallSentence());
        Nodes.textOrNull(json, "first_sentence", speaking.firstSentence());
        Nodes.setOrNull(
                json,
                "first_sentence_delay_ms",
                speaking.firstSentenceDelay()
                        .map(fromAnswer -> JsonNodeFactory.instance.numberNode(fromAnswer.toMillis())));
        json.put("first_sentence_mode", speaking.firstSentenceMode().wireName());
        Duration longest = speaking.maxCallDuration();
        json.set(
                "max_call_duration_secs",
                Nodes.number(BigDecimal.valueOf(longest.getSeconds()).add(BigDecimal.valueOf(longest.getNano(), 9))));
        Nodes.textOrNull(json, "max_duration_end_message", speaking.maxDurationEndMessage());
    }

    public static ObjectNode policy(RetryPolicy policy) {
        ObjectNode json = Nodes.object();
        json.set(
                "allowed_days",
                Nodes.texts(policy.allowedDays().stream().map(WireNames::day).toList()));
        json.put("call_twice_in_a_row", policy.callTwiceInARow());
        ArrayNode windows = json.putArray("calling_windows");
        policy.windows()
                .forEach(window -> windows.addObject()
                        .put("calling_window_end_time", window.end().toString())
                        .put("calling_window_start_time", window.start().toString())
                        .put("retry_delay_seconds", window.retryDelay().toSeconds()));
        json.put("max_retry_attempts", policy.maxAttempts());
        Nodes.textIfPresent(json, "timezone", policy.timezone().map(Object::toString));
        return json;
    }

    private ObjectNode tool(HttpTool tool) {
        ObjectNode json = Nodes.object();
        Nodes.textOrNull(json, "body_template", tool.bodyTemplate());
        json.put("description", tool.description());
        ArrayNode headers = json.putArray("headers");
        tool.headers()
                .forEach(header ->
                        headers.addObject().put("key", header.key()).put("value", headerValue(header.value())));
        json.set("input_schema", fields(tool.inputSchema()));
        json.put("method", tool.method().wireName());
        json.put("name", tool.name());
        ArrayNode query = json.putArray("query_params");
        tool.queryParams()
                .forEach(parameter ->
                        query.addObject().put("key", parameter.key()).put("value", parameter.value()));
        json.put("url", tool.url());
        return json;
    }

    private String headerValue(String value) {
        return secretsShown || Template.of(value).onlyName().isPresent() ? value : MASK;
    }

    private static ArrayNode fields(List<DataField> fields) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        fields.forEach(field -> {
            ObjectNode entry = json.addObject()
                    .put("name", field.name())
                    .put("required", field.required())
                    .put("type", field.type().wireName());
            Nodes.textIfPresent(entry, "description", field.description());
            if (!field.enumOptions().isEmpty()) {
                entry.set("enum_options", Nodes.texts(field.enumOptions()));
            }
        });
        return json;
    }

    public ObjectNode model(LlmModel model) {
        ObjectNode json = Nodes.object();
        return switch (model) {
            case LlmModel.Dedicated dedicated ->
                json.put("name", dedicated.name()).put("type", "dedicated-instance");
            case LlmModel.OpenRouter openRouter ->
                json.put("openrouter_model_id", openRouter.modelId())
                        .put("openrouter_provider", openRouter.provider())
                        .put("type", "openrouter");
            case LlmModel.Custom custom ->
                json.put("api_key", secretsShown ? custom.apiKey().reveal() : MASK)
                        .put("api_url", custom.apiUrl().toString())
                        .put("model_name", custom.modelName())
                        .put("type", "custom");
            case LlmModel.Realtime realtime -> {
                json.put("provider", realtime.provider().wireName())
                        .put("realtime_model_id", realtime.modelId())
                        .put("type", "realtime");
                Nodes.textIfPresent(json, "realtime_voice_id", realtime.voiceId());
                yield json;
            }
        };
    }

    private static ObjectNode promptFlow(PromptFlow flow) {
        ObjectNode json = Nodes.object();
        ArrayNode edges = json.putArray("edges");
        flow.edges()
                .forEach(edge -> edges.addObject()
                        .put("id", edge.id())
                        .put("source", edge.source())
                        .put("target", edge.target()));
        ArrayNode nodes = json.putArray("nodes");
        flow.nodes().forEach(node -> {
            ObjectNode block = nodes.addObject().put("id", node.id());
            block.putObject("data").put("body", node.body()).put("title", node.title());
            ObjectNode position = block.putObject("position");
            position.set("x", Nodes.number(node.x()));
            position.set("y", Nodes.number(node.y()));
            block.put("type", "promptBlock");
        });
        return json;
    }

    private static ObjectNode voice(Voice voice) {
        ObjectNode json = Nodes.object()
                .put("id", voice.id())
                .put("provider", voice.provider().wireName());
        voice.speed().ifPresent(speed -> json.set("speed", Nodes.number(speed)));
        voice.volume().ifPresent(volume -> json.set("volume", Nodes.number(volume)));
        return json;
    }

    private static ObjectNode faqItem(FaqItem item) {
        ObjectNode json = Nodes.object().put("answer", item.answer()).put("question", item.question());
        Nodes.textIfPresent(json, "id", item.id());
        item.needsHumanAnswer().ifPresent(needed -> json.put("needs_human_answer", needed));
        Nodes.textIfPresent(json, "source", item.source().map(FaqItem.Source::wireName));
        return json;
    }
}
