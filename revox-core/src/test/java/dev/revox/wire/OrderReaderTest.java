package dev.revox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.assistant.HumanTransferMode;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.Violation;
import dev.revox.order.rules.OrderRules;
import dev.revox.phone.PhoneNumber;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {

    private static final OrderReader READER =
            OrderReader.strict(OrderRules.builder().build());

    /** Each line: a pointer into the example, the value put there, and the path that must be named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/phone_number | \"14155550132\" | $.phone_number",
                "/phone_number | \"+1415555CALL\" | $.phone_number",
                "/phone_number | \"+14155550132;ext=5\" | $.phone_number",
                "/phone_number | \"+1 415 555 0132 x5\" | $.phone_number",
                "/phone_number | \"+1415555\\r\\n0132\" | $.phone_number",
                "/phone_number | \"+١٤١٥٥٥٥٠١٣٢\" | $.phone_number",
                "/phone_number | \"+19005550132\" | $.phone_number",
                "/phone_number | \"+882161234567\" | $.phone_number",
                "/phone_number | null | $.phone_number",
                "/phone_number | 14155550132 | $.phone_number",
                "/from_phone_number | \"anonymous\" | $.from_phone_number",
                "/assistant/prompt | null | $.assistant.prompt",
                "/assistant/prompt | 7 | $.assistant.prompt",
                "/assistant/prompt | \"Hello {{nobody}}\" | $.assistant.prompt",
                "/assistant/first_sentence | \"{{transcript}}\" | $.assistant.first_sentence",
                "/assistant/unknown_member | 1 | $.assistant.unknown_member",
                "/assistant/id | \"x\" | $.assistant.id",
                "/assistant/background_sound | \"../etc/passwd\" | $.assistant.background_sound",
                "/assistant/background_sound_volume | 1.01 | $.assistant.background_sound_volume",
                "/assistant/background_sound_volume | -0.01 | $.assistant.background_sound_volume",
                "/assistant/thinking_sound | \"rain.ogg\" | $.assistant.thinking_sound",
                "/assistant/thinking_sound_probability | 2 | $.assistant.thinking_sound_probability",
                "/assistant/thinking_sound_volume | \"1\" | $.assistant.thinking_sound_volume",
                "/assistant/calendly/connection_id | null | $.assistant.calendly.connection_id",
                "/assistant/call_retry_config/allowed_days | [] | $.assistant.call_retry_config.allowed_days",
                "/assistant/call_retry_config/allowed_days | [\"Monday\"] | $.assistant.call_retry_config.allowed_days[0]",
                "/assistant/call_retry_config/calling_windows | [] | $.assistant.call_retry_config.calling_windows",
                "/assistant/call_retry_config/calling_windows/0/calling_window_start_time | \"24:00\" | $.assistant.call_retry_config.calling_windows[0].calling_window_start_time",
                "/assistant/call_retry_config/calling_windows/1/calling_window_end_time | \"13pm\" | $.assistant.call_retry_config.calling_windows[1].calling_window_end_time",
                "/assistant/call_retry_config/calling_windows/0/retry_delay_seconds | 0 | $.assistant.call_retry_config.calling_windows[0].retry_delay_seconds",
                "/assistant/call_retry_config/calling_windows/0/retry_delay_seconds | 2.5 | $.assistant.call_retry_config.calling_windows[0].retry_delay_seconds",
                "/assistant/call_retry_config/max_retry_attempts | 0 | $.assistant.call_retry_config.max_retry_attempts",
                "/assistant/call_retry_config/max_retry_attempts | 9007199254740992 | $.assistant.call_retry_config.max_retry_attempts",
                "/assistant/call_retry_config/timezone | \"Mars/Olympus\" | $.assistant.call_retry_config.timezone",
                "/assistant/call_retry_config/timezone | \"UTC+2\" | $.assistant.call_retry_config.timezone",
                "/assistant/custom_tools/0/name | \"Check-Inventory\" | $.assistant.custom_tools[0].name",
                "/assistant/custom_tools/0/name | \"end_call\" | $.assistant.custom_tools[0].name",
                "/assistant/custom_tools/0/name | \"\" | $.assistant.custom_tools[0].name",
                "/assistant/custom_tools/0/description | \"\" | $.assistant.custom_tools[0].description",
                "/assistant/custom_tools/0/method | \"HEAD\" | $.assistant.custom_tools[0].method",
                "/assistant/custom_tools/0/url | \"ftp://shop.example\" | $.assistant.custom_tools[0].url",
                "/assistant/custom_tools/0/url | \"https://{{item}}.example/\" | $.assistant.custom_tools[0].url",
                "/assistant/custom_tools/0/url | \"https://shop.example/{{nobody}}\" | $.assistant.custom_tools[0].url",
                "/assistant/custom_tools/0/headers/0/key | \"\" | $.assistant.custom_tools[0].headers[0].key",
                "/assistant/custom_tools/0/headers/0/key | \"X-A:\\r\\nB\" | $.assistant.custom_tools[0].headers[0].key",
                "/assistant/custom_tools/0/headers/0/key | \"Host\" | $.assistant.custom_tools[0].headers[0].key",
                "/assistant/custom_tools/0/headers/0/value | \"a\\r\\nb\" | $.assistant.custom_tools[0].headers[0].value",
                "/assistant/custom_tools/0/query_params/0/key | \"\" | $.assistant.custom_tools[0].query_params[0].key",
                "/assistant/custom_tools/0/body_template | \"{\\\"a\\\": {{item}}}\" | $.assistant.custom_tools[0].body_template",
                "/assistant/custom_tools/0/body_template | \"{\\\"{{item}}\\\": 1}\" | $.assistant.custom_tools[0].body_template",
                "/assistant/custom_tools/0/body_template | null | $.assistant.custom_tools[0].body_template",
                "/assistant/custom_tools/0/input_schema/2/enum_options | [] | $.assistant.custom_tools[0].input_schema[2].enum_options",
                "/assistant/custom_tools/0/input_schema/0/type | \"integer\" | $.assistant.custom_tools[0].input_schema[0].type",
                "/assistant/custom_tools/0/input_schema/0/required | null | $.assistant.custom_tools[0].input_schema[0].required",
                "/assistant/custom_tools/0/input_schema/5/name | \"at\" | $.assistant.custom_tools[0].input_schema[5].name",
                "/assistant/email_notification_address | \"ops at example.com\" | $.assistant.email_notification_address",
                "/assistant/email_notification_outcomes | [\"happy\"] | $.assistant.email_notification_outcomes[0]",
                "/assistant/faq_items/0/answer | null | $.assistant.faq_items[0].answer",
                "/assistant/first_sentence_delay_ms | -1 | $.assistant.first_sentence_delay_ms",
                "/assistant/first_sentence_delay_ms | 2.5 | $.assistant.first_sentence_delay_ms",
                "/assistant/first_sentence_mode | \"loud\" | $.assistant.first_sentence_mode",
                "/assistant/human_transfer_mode | \"hot\" | $.assistant.human_transfer_mode",
                "/assistant/ivr_navigation_enabled | \"yes\" | $.assistant.ivr_navigation_enabled",
                "/assistant/llm_model/type | \"magic\" | $.assistant.llm_model.type",
                "/assistant/llm_model/api_key | \"\" | $.assistant.llm_model.api_key",
                "/assistant/llm_model/api_url | \"file:///etc/passwd\" | $.assistant.llm_model.api_url",
                "/assistant/llm_model/api_url | \"llm.example\" | $.assistant.llm_model.api_url",
                "/assistant/llm_model/name | \"gpt-4.1\" | $.assistant.llm_model.name",
                "/assistant/max_call_duration_secs | 0 | $.assistant.max_call_duration_secs",
                "/assistant/prompt_flow/nodes/0/type | \"other\" | $.assistant.prompt_flow.nodes[0].type",
                "/assistant/prompt_flow/nodes/0/position/x | null | $.assistant.prompt_flow.nodes[0].position.x",
                "/assistant/structured_output_config/0/name | \"\" | $.assistant.structured_output_config[0].name",
                "/assistant/transfer_phone_number | \"+19005550132\" | $.assistant.transfer_phone_number",
                "/assistant/voice/provider | \"openai\" | $.assistant.voice.provider",
                "/assistant/voice/id | \"\" | $.assistant.voice.id",
                "/assistant/voice/speed | 1.51 | $.assistant.voice.speed",
                "/assistant/voice/speed | 0.59 | $.assistant.voice.speed",
                "/assistant/voice/volume | 2.01 | $.assistant.voice.volume",
                "/assistant/voice/volume | 0.49 | $.assistant.voice.volume",
                "/assistant/webhook_url | \"javascript:alert(1)\" | $.assistant.webhook_url",
                "/assistant/webhook_url | \"https://user:secret@host.example/\" | $.assistant.webhook_url",
                "/assistant_id | \"not-a-uuid\" | $.assistant_id",
                "/assistant_id | \"5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02\" | $.assistant_id",
                "/concurrency/key | null | $.concurrency.key",
                "/concurrency/max | 0 | $.concurrency.max",
                "/concurrency/max | 2.5 | $.concurrency.max",
                "/force_now | 1 | $.force_now",
                "/metadata/crm_id | 42 | $.metadata.crm_id",
                "/metadata | [] | $.metadata",
                "/prompt_variables/name | {} | $.prompt_variables.name",
                "/scheduled_at | \"2026-06-15T13:00:00\" | $.scheduled_at",
                "/scheduled_at | \"tomorrow\" | $.scheduled_at",
                "/scheduled_at | 1781528400 | $.scheduled_at",
                "/surprise | 1 | $.surprise"
            })
    void one_wrong_member_is_named_by_its_path_alone(String pointer, String value, String path) {
        ObjectNode body = with(Examples.request(), pointer, value);

        assertThat(violations(body.toString())).extracting(Violation::jsonPath).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/phone_number | \"+1 (212) 555-0.1 00\"",
                "/assistant/max_call_duration_secs | 0.5",
                "/assistant/call_retry_config/max_retry_attempts | 3.0",
                "/assistant/call_retry_config/max_retry_attempts | 9007199254740991",
                "/assistant/first_sentence_delay_ms | 0",
                "/assistant/first_sentence_delay_ms | 9007199254740991",
                "/assistant/background_sound_volume | 0",
                "/assistant/background_sound_volume | 1",
                "/assistant/voice/speed | 1.5",
                "/assistant/voice/speed | 0.6",
                "/assistant/voice/volume | 2",
                "/assistant/voice/volume | 0.5",
                "/assistant/custom_tools/0/body_template | \"\"",
                "/assistant/custom_tools/0/url | \"https://{{tenant}}.example/\"",
                "/assistant/structured_output_prompt | null",
                "/assistant/prompt | \"{{ name }} {{\\\"json\\\": 1}} {{now}} {{date}} {{time}}\"",
                "/assistant/after_call_sms_prompt | \"{{transcript}}\"",
                "/concurrency/max | 1",
                "/concurrency/max | 9007199254740991",
                "/scheduled_at | \"2020-01-01T00:00:00+05:30\"",
                "/metadata/crm_id | null"
            })
    void values_at_the_limit_are_accepted(String pointer, String value) {
        ObjectNode body = with(Examples.request(), pointer, value);

        assertThat(violations(body.toString())).isEmpty();
    }

    @Test
    void elevenlabs_has_a_range_of_speed_of_its_own() {
        for (String speed : List.of("0.69", "1.21")) {
            String body = "{\"phone_number\":\"+12125550100\",\"assistant\":{\"prompt\":\"p\",\"voice\":"
                    + "{\"id\":\"v\",\"provider\":\"elevenlabs\",\"speed\":" + speed + "}}}";
            assertThat(violations(body)).extracting(Violation::jsonPath).containsExactly("$.assistant.voice.speed");
            assertThat(violations(body.replace(speed, "0.7"))).isEmpty();
            assertThat(violations(body.replace(speed, "1.2"))).isEmpty();
        }
    }

    @Test
    void an_end_message_of_150_characters_fits_and_one_of_151_does_not() {
        String emoji = "😀";
        ObjectNode body = Examples.request();
        ObjectNode assistant = (ObjectNode) body.get("assistant");

        assistant.put("max_duration_end_message", emoji.repeat(150));
        assertThat(violations(body.toString())).isEmpty();
        assistant.put("max_duration_end_message", emoji.repeat(151));
        assertThat(violations(body.toString()))
                .extracting(Violation::jsonPath)
                .containsExactly("$.assistant.max_duration_end_message");
    }

    @Test
    void all_problems_come_in_one_exception_with_messages_that_hold_no_value() {
        String body = "{\"phone_number\":\"secret-number\",\"force_now\":\"secret-flag\",\"assistant\":{"
                + "\"prompt\":\"{{a}} {{b}}\",\"first_sentence\":\"{{c}}\",\"voice\":{\"provider\":\"cartesia\"},"
                + "\"custom_tools\":[{\"name\":\"x\"},5]},\"scheduled_at\":\"secret-time\"}";

        InvalidOrderException refused = catchThrowableOfType(InvalidOrderException.class, () -> READER.read(body));

        assertThat(refused.violations())
                .extracting(Violation::jsonPath)
                .containsExactlyInAnyOrder(
                        "$.phone_number",
                        "$.force_now",
                        "$.scheduled_at",
                        "$.assistant.prompt",
                        "$.assistant.first_sentence",
                        "$.assistant.voice.id",
                        "$.assistant.custom_tools[0].description",
                        "$.assistant.custom_tools[0].method",
                        "$.assistant.custom_tools[0].url",
                        "$.assistant.custom_tools[0].headers",
                        "$.assistant.custom_tools[0].query_params",
                        "$.assistant.custom_tools[0].input_schema",
                        "$.assistant.custom_tools[0].body_template",
                        "$.assistant.custom_tools[1]");
        assertThat(refused).hasMessageContaining("{{a}}, {{b}}").hasMessageNotContaining("secret");
    }

    @Test
    void null_means_not_given_everywhere() {
        ObjectNode body = Examples.request();
        ObjectNode assistant = (ObjectNode) body.get("assistant");
        assistant.fieldNames().forEachRemaining(name -> {
            if (!name.equals("prompt")) {
                assistant.putNull(name);
            }
        });
        for (String name : List.of("concurrency", "force_now", "from_phone_number", "metadata", "scheduled_at")) {
            body.putNull(name);
        }

        ReadOrder read = READER.read(body.toString());

        var spoken = read.order().assistant().orElseThrow();
        assertThat(spoken.speaking().firstSentenceMode()).isEqualTo(FirstSentenceMode.GENERATED);
        assertThat(spoken.speaking().maxCallDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(spoken.ambience().backgroundSoundVolume()).isEqualTo(0.3);
        assertThat(spoken.ambience().thinkingSoundProbability()).isEqualTo(1.0);
        assertThat(spoken.ambience().thinkingSoundVolume()).isEqualTo(0.5);
        assertThat(spoken.transfer().mode()).isEmpty();
        assertThat(read.order().concurrency()).isEmpty();
    }

    @Test
    void defaults_follow_from_what_is_given() {
        ReadOrder read = READER.read("{\"phone_number\":\"+12125550100\",\"assistant\":{\"prompt\":\"p\","
                + "\"first_sentence\":\"Hi\",\"transfer_phone_number\":\"+12125550101\","
                + "\"call_retry_config\":{\"calling_windows\":[{}]}}}");

        var assistant = read.order().assistant().orElseThrow();
        assertThat(assistant.speaking().firstSentenceMode()).isEqualTo(FirstSentenceMode.STATIC);
        assertThat(assistant.transfer().mode()).contains(HumanTransferMode.WARM);
        assertThat(assistant.retryPolicy()).contains(dev.revox.schedule.RetryPolicy.DEFAULT);
        assertThat(read.review().zones().principalZones())
                .containsExactly(ZoneId.of("America/New_York"), ZoneId.of("America/Los_Angeles"));
    }

    @Test
    void an_unknown_member_is_a_warning_for_a_lenient_reader() {
        OrderReader lenient = OrderReader.lenient(OrderRules.builder().build());

        ReadOrder read = lenient.read(
                "{\"phone_number\":\"+12125550100\",\"assistant\":{\"prompt\":\"p\",\"mood\":1},\"x y\":2}");

        assertThat(read.warnings())
                .extracting(warning -> warning.jsonPath())
                .containsExactlyInAnyOrder("$.assistant.mood", "$['x y']");
    }

    @Test
    void a_member_given_twice_is_an_error_at_its_path() {
        assertThat(violations("{\"phone_number\":\"+12125550100\",\"phone_number\":\"+12125550101\","
                        + "\"assistant\":{\"prompt\":\"p\",\"prompt\":\"q\"}}"))
                .extracting(Violation::jsonPath)
                .containsExactly("$.phone_number", "$.assistant.prompt");
    }

    @Test
    void neither_assistant_nor_id_is_an_error_that_names_both() {
        assertThat(violations("{\"phone_number\":\"+12125550100\"}"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.jsonPath()).isEqualTo("$.assistant");
                    assertThat(violation.message()).contains("assistant_id").contains("assistant");
                });
    }

    @Test
    void only_own_numbers_may_call_when_there_is_a_list_of_them() {
        OrderReader reader = OrderReader.strict(OrderRules.builder()
                .ownNumbers(Set.of(PhoneNumber.of("+12125550199")))
                .build());

        InvalidOrderException refused = catchThrowableOfType(
                InvalidOrderException.class,
                () -> reader.read(Examples.request().toString()));

        assertThat(refused.violations())
                .extracting(Violation::jsonPath)
                .containsExactlyInAnyOrder("$.from_phone_number", "$.assistant.from_phone_number");
    }

    private static List<Violation> violations(String body) {
        try {
            READER.read(body);
            return List.of();
        } catch (InvalidOrderException refused) {
            return refused.violations();
        }
    }

    private static ObjectNode with(ObjectNode body, String pointer, String value) {
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) body.at(pointer.substring(0, last));
        parent.set(pointer.substring(last + 1), Examples.tree(value));
        return body;
    }
}
