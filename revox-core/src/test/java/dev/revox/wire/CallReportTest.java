package dev.revox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.attempt.CallAttempt;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.secret.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallReportTest {

    private static final Instant NOW = Instant.parse("2026-06-15T14:00:00.250Z");

    @Test
    void the_pages_response_comes_back_member_for_member_with_secrets() {
        String page = Examples.text("example-response.json");

        String written = CallReport.parse(page).toJsonWithSecrets();

        assertThat(Examples.byValue(Examples.tree(written))).isEqualTo(Examples.byValue(Examples.tree(page)));
    }

    @Test
    void without_secrets_only_literal_header_values_of_the_pages_response_are_masked() {
        ObjectNode page = (ObjectNode) Examples.tree(Examples.text("example-response.json"));

        JsonNode written = Examples.tree(CallReport.parse(page.toString()).toJson());

        ((ObjectNode) page.at("/call/assistant/custom_tools/0/headers/0")).put("value", "****");
        assertThat(Examples.byValue(written)).isEqualTo(Examples.byValue(page));
    }

    @Test
    void keys_and_literal_header_values_are_masked_and_lone_placeholders_are_shown() {
        HttpTool tool = new HttpTool(
                "look_up",
                "Looks up.",
                HttpMethod.GET,
                "https://api.example/{{q}}",
                List.of(
                        new HttpTool.Parameter("X-Literal", "canary-header"),
                        new HttpTool.Parameter("X-Mixed", "Bearer canary-mixed {{key}}"),
                        new HttpTool.Parameter("X-Lone", "{{ key }}")),
                List.of(),
                Optional.empty(),
                List.of());
        Assistant assistant = Assistant.prompt("p")
                .model(new LlmModel.Custom(Secret.of("canary-key"), URI.create("https://llm.example/v1"), "m"))
                .tool(tool)
                .build();

        String json = report(assistant).toJson();

        assertThat(json).doesNotContain("canary").contains("{{ key }}");
        JsonNode headers = Examples.tree(json).at("/call/assistant/custom_tools/0/headers");
        assertThat(headers.findValuesAsText("value")).containsExactly("****", "****", "{{ key }}");
        assertThat(Examples.tree(json).at("/call/llm_model/api_key").asText()).isEqualTo("****");
        assertThat(report(assistant).toJsonWithSecrets())
                .contains("canary-key", "canary-header", "Bearer canary-mixed {{key}}");
        assertThat(report(assistant).toString()).doesNotContain("canary");
        assertThat(CallReport.parse(report(assistant).toJsonWithSecrets())
                        .order()
                        .assistant()
                        .tools())
                .containsExactly(tool);
    }

    @Test
    void what_has_no_value_is_null_or_left_out_as_the_page_says() {
        JsonNode call =
                Examples.tree(report(Assistant.prompt("p").build()).toJson()).get("call");

        assertThat(call.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "id",
                        "assistant",
                        "call_attempts",
                        "call_retry_config",
                        "calls_count",
                        "campaign",
                        "created_at",
                        "direction",
                        "first_sentence_delay_ms",
                        "from_phone_number",
                        "is_cancelled",
                        "is_completed",
                        "last_call_attempt",
                        "llm_model",
                        "metadata",
                        "organization_id",
                        "prompt_variables",
                        "scheduled_at",
                        "status",
                        "to_phone_number",
                        "updated_at");
        for (String name :
                List.of("campaign", "from_phone_number", "last_call_attempt", "organization_id", "scheduled_at")) {
            assertThat(call.get(name).isNull()).as(name).isTrue();
        }
        assertThat(call.get("metadata")).isEqualTo(Examples.tree("{}"));
        assertThat(call.get("prompt_variables")).isEqualTo(Examples.tree("{}"));
        assertThat(call.get("call_attempts")).isEqualTo(Examples.tree("[]"));
        assertThat(call.get("first_sentence_delay_ms").asLong()).isEqualTo(400);
        assertThat(call.get("llm_model"))
                .isEqualTo(Examples.tree("{\"name\":\"gpt-4.1\",\"type\":\"dedicated-instance\"}"));
        assertThat(call.get("created_at").asText()).isEqualTo("2026-06-15T14:00:00.250Z");
        JsonNode assistant = call.get("assistant");
        assertThat(assistant.get("name").isNull()).isTrue();
        assertThat(assistant.get("voice").isNull()).isTrue();
        assertThat(assistant.get("custom_tools")).isEqualTo(Examples.tree("[]"));
        assertThat(assistant.get("first_sentence_mode").asText()).isEqualTo("generated");
        assertThat(assistant.get("max_call_duration_secs").toString()).isEqualTo("3600");
        assertThat(call.get("call_retry_config").has("timezone")).isFalse();
    }

    @Test
    void a_queued_attempt_is_the_last_one_and_leaves_out_what_it_cannot_have_yet() {
        CallAttempt attempt = CallAttempt.queued("a1", PhoneNumber.of("+14155550132"), NOW);

        JsonNode call = Examples.tree(
                        new CallReport(report(Assistant.prompt("p").build()).order(), List.of(attempt)).toJson())
                .get("call");

        assertThat(call.get("calls_count").asInt()).isEqualTo(1);
        JsonNode row = call.get("last_call_attempt");
        assertThat(row).isEqualTo(call.get("call_attempts").get(0));
        assertThat(row.get("answered_at").isNull()).isTrue();
        assertThat(row.get("dial_error").isNull()).isTrue();
        assertThat(row.has("end_reason")).isFalse();
        assertThat(row.has("ended_by")).isFalse();
        assertThat(row.has("structured_output")).isFalse();
        assertThat(row.has("transcript")).isFalse();
    }

    @Test
    void cancelled_and_completed_are_derived_from_the_status() {
        CallReport report = report(Assistant.prompt("p").build());
        for (OrderStatus status : OrderStatus.values()) {
            JsonNode call = Examples.tree(new CallReport(report.order().withStatus(status, NOW), List.of()).toJson())
                    .get("call");

            assertThat(call.get("is_cancelled").asBoolean()).isEqualTo(status == OrderStatus.CANCELLED);
            assertThat(call.get("is_completed").asBoolean()).isEqualTo(status == OrderStatus.COMPLETED);
            assertThat(call.get("status").asText()).isEqualTo(status.wireName());
        }
    }

    @Test
    void a_foreign_document_is_refused_with_its_places() {
        assertThatThrownBy(() -> CallReport.parse("{\"call\":{\"id\":7,\"assistant\":[],\"extra\":1}}"))
                .isInstanceOfSatisfying(
                        InvalidOrderException.class,
                        refused -> assertThat(refused.violations())
                                .extracting(violation -> violation.jsonPath())
                                .contains("$.call.id", "$.call.assistant", "$.call.to_phone_number", "$.call.extra"));
        assertThatThrownBy(() -> CallReport.parse("[]")).isInstanceOf(InvalidOrderException.class);
    }

    private static CallReport report(Assistant assistant) {
        PlacedOrder order = PlacedOrder.accepted(
                CallOrder.to("+14155550132").build(), "c1", assistant.snapshot("s1", NOW), RecipientZones.UNKNOWN, NOW);
        return new CallReport(order, List.of());
    }
}
