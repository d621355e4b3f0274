package dev.revox.wire.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.AssistantBuilder;
import dev.revox.wire.assistant.AssistantReader;
import dev.revox.wire.assistant.AssistantWriter;
import dev.revox.wire.json.Members;
import dev.revox.wire.json.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An assistant's content: the page's members, and beside them, exactly, what the page rounds.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class AssistantForm {
    private static final AssistantWriter WRITER = new AssistantWriter(true);
    private static final List<String> NOT_CONTENT = List.of("created_at", "updated_at", "pending_faq_count");

    private AssistantForm() {}

    static ObjectNode write(Assistant assistant) {
        ObjectNode json = WRITER.assistant(assistant);
        json.remove(NOT_CONTENT);
        json.put("id", "");
        json.remove(List.of("call_retry_config", "first_sentence_delay_ms"));
        assistant.retryPolicy().ifPresent(policy -> json.set("policy", Forms.policy(policy)));
        Forms.put(json, "delay", assistant.speaking().firstSentenceDelay());
        return json;
    }

    static Assistant read(JsonNode json) {
        Problems problems = Problems.ofOwnText();
        Assistant page = AssistantReader.response(Members.of(json, "$", problems));
        if (!problems.violations().isEmpty()) {
            throw new IllegalArgumentException("not an assistant");
        }
        AssistantBuilder exact = page.toBuilder().identity("", Instant.EPOCH, Instant.EPOCH);
        if (json.has("policy")) {
            exact.retryPolicy(Forms.policy(json.required("policy")));
        }
        Forms.maybeText(json, "delay").map(Duration::parse).ifPresent(exact::firstSentenceDelay);
        return exact.build();
    }
}
