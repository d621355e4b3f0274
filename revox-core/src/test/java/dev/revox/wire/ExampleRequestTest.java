package dev.revox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.assistant.LlmModel;
import dev.revox.order.PlacedOrder;
import dev.revox.order.rules.OrderRules;
import dev.revox.wire.assistant.AssistantWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExampleRequestTest {

    private static final Instant NOW = Instant.parse("2026-06-01T09:00:00Z");

    @Test
    void every_given_member_comes_back_in_the_calls_snapshot() {
        ObjectNode request = Examples.request();

        ReadOrder read = reader().read(request.toString());
        JsonNode call = snapshot(read).get("call");

        // A test number of a plan's fictitious range is possible, but in no plan.
        assertThat(read.warnings())
                .extracting(warning -> warning.jsonPath())
                .isSubsetOf("$.phone_number", "$.assistant.transfer_phone_number");
        ObjectNode expected = (ObjectNode) request.get("assistant");
        ObjectNode window = (ObjectNode) expected.at("/call_retry_config/calling_windows/0");
        window.put("calling_window_start_time", "10:00");
        ((ObjectNode) expected.at("/call_retry_config/calling_windows/1")).put("calling_window_end_time", "20:00");
        ((ObjectNode) expected.get("llm_model")).put("api_key", "****");
        assertGivenMembersAreThere(call.get("assistant"), expected, "$.assistant");
        assertThat(call.get("metadata")).isEqualTo(request.get("metadata"));
        assertThat(call.get("prompt_variables")).isEqualTo(request.get("prompt_variables"));
        assertThat(call.get("scheduled_at").asText()).isEqualTo("2026-06-15T13:00:00Z");
        assertThat(call.get("to_phone_number").asText()).isEqualTo("+14155550132");
        assertThat(call.get("from_phone_number").asText()).isEqualTo("+14155550100");
        assertThat(call.get("first_sentence_delay_ms").asLong()).isEqualTo(300);
        assertThat(call.get("call_retry_config")).isEqualTo(call.at("/assistant/call_retry_config"));
        assertThat(read.order().concurrency().orElseThrow().max()).isEqualTo(2);
        assertThat(read.order().forceNow()).isFalse();
    }

    @TestFactory
    List<DynamicTest> every_kind_of_language_model_is_read_and_written() {
        JsonNode kinds = Examples.tree(Examples.text("example-llm-models.json"));
        return kinds.properties().stream()
                .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> {
                    ObjectNode body = Examples.JSON.createObjectNode().put("phone_number", "+1 (415) 555-0132");
                    body.putObject("assistant").put("prompt", "p").set("llm_model", kind.getValue());

                    ReadOrder read = reader().read(body.toString());

                    LlmModel model =
                            read.order().assistant().orElseThrow().model().orElseThrow();
                    assertThat(new AssistantWriter(true).model(model)).isEqualTo(kind.getValue());
                    assertThat(snapshot(read).at("/call/llm_model/type"))
                            .isEqualTo(kind.getValue().get("type"));
                }))
                .toList();
    }

    private static OrderReader reader() {
        return OrderReader.strict(OrderRules.builder().build());
    }

    private static JsonNode snapshot(ReadOrder read) {
        PlacedOrder order = PlacedOrder.accepted(
                read.order(),
                "c1",
                read.review().assistant().orElseThrow().snapshot("s1", NOW),
                read.review().zones(),
                NOW);
        return Examples.tree(new CallReport(order, List.of()).toJson());
    }

    private static void assertGivenMembersAreThere(JsonNode actual, JsonNode given, String path) {
        if (given.isObject()) {
            given.properties()
                    .forEach(member -> assertGivenMembersAreThere(
                            actual.path(member.getKey()), member.getValue(), path + "." + member.getKey()));
        } else if (given.isArray()) {
            assertThat(actual.size()).as(path).isEqualTo(given.size());
            for (int i = 0; i < given.size(); i++) {
                assertGivenMembersAreThere(actual.get(i), given.get(i), path + "[" + i + "]");
            }
        } else {
            assertThat(Examples.byValue(actual)).as(path).isEqualTo(Examples.byValue(given));
        }
    }
}
