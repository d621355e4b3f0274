package dev.revox.order.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.HumanTransferMode;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.Violation;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderRulesTest {

    private static final String ID = "5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02";
    private static final Instant NOW = Instant.parse("2026-06-15T14:00:00Z");

    private final OrderRules rules = OrderRules.builder().build();

    @Test
    void an_order_built_in_java_is_judged_by_the_pages_limits_and_paths() {
        Assistant assistant = Assistant.prompt("Hello {{nobody}}")
                .voice(new Voice("v", VoiceProvider.ELEVENLABS, Optional.of(1.5), Optional.of(3.0)))
                .ambience(new Ambience(Optional.of("../x"), 1.1, Optional.empty(), -1, Double.NaN))
                .maxCallDuration(Duration.ZERO)
                .firstSentenceDelay(Duration.ofMillis(-1))
                .maxDurationEndMessage("x".repeat(151))
                .model(new LlmModel.Custom(Secret.of(""), URI.create("file:///x"), ""))
                .email("nobody")
                .webhookUrl(URI.create("mailto:x@example.com"))
                .tool(new HttpTool(
                        "send_sms", "", HttpMethod.GET, "x", List.of(), List.of(), Optional.empty(), List.of()))
                .build();
        CallOrder order = CallOrder.to("+19005550132")
                .assistant(assistant)
                .concurrency("k", 0)
                .retryPolicy(RetryPolicy.builder()
                        .window("9am", "5pm", Duration.ZERO)
                        .timezone(ZoneId.of("UTC+2"))
                        .build())
                .build();

        InvalidOrderException refused = catchThrowableOfType(InvalidOrderException.class, () -> rules.check(order));

        assertThat(refused.violations())
                .extracting(Violation::jsonPath)
                .containsExactlyInAnyOrder(
                        "$.phone_number",
                        "$.concurrency.max",
                        "$.call_retry_config.calling_windows[0].retry_delay_seconds",
                        "$.call_retry_config.timezone",
                        "$.assistant.prompt",
                        "$.assistant.voice.speed",
                        "$.assistant.voice.volume",
                        "$.assistant.background_sound",
                        "$.assistant.background_sound_volume",
                        "$.assistant.thinking_sound_probability",
                        "$.assistant.thinking_sound_volume",
                        "$.assistant.max_call_duration_secs",
                        "$.assistant.first_sentence_delay_ms",
                        "$.assistant.max_duration_end_message",
                        "$.assistant.llm_model.api_key",
                        "$.assistant.llm_model.api_url",
                        "$.assistant.llm_model.model_name",
                        "$.assistant.email_notification_address",
                        "$.assistant.webhook_url",
                        "$.assistant.custom_tools[0].name",
                        "$.assistant.custom_tools[0].description",
                        "$.assistant.custom_tools[0].url");
        assertThat(refused).hasMessageNotContaining("+1900");
        assertThat(refused.retryable()).isFalse();
    }

    @Test
    void numbers_that_cannot_be_read_are_reported_by_the_builder_all_at_once() {
        assertThatThrownBy(() -> CallOrder.to("nobody").from("anonymous").build())
                .isInstanceOfSatisfying(
                        InvalidOrderException.class,
                        refused -> assertThat(refused.violations())
                                .extracting(Violation::jsonPath)
                                .containsExactly("$.phone_number", "$.from_phone_number"));
    }

    @Test
    void a_stored_assistant_wins_over_one_given_inline_with_a_warning() {
        Assistant stored = Assistant.prompt("stored").build().snapshot(ID, NOW);
        OrderRules knowing = OrderRules.builder().assistants(directory(stored)).build();
        CallOrder order = CallOrder.to("+442079460000")
                .assistant(Assistant.prompt("inline").build())
                .assistantId(ID)
                .build();

        Review review = knowing.check(order);

        assertThat(review.assistant()).contains(stored);
        assertThat(review.warnings()).extracting(Warning::jsonPath).containsExactly("$.assistant");
    }

    @Test
    void faults_of_a_stored_assistant_are_named_at_its_id() {
        Assistant stored = Assistant.prompt("Hi {{name}}")
                .voice(Voice.of(VoiceProvider.CARTESIA, ""))
                .build()
                .snapshot(ID, NOW);
        OrderRules knowing = OrderRules.builder().assistants(directory(stored)).build();

        Review review =
                knowing.review(CallOrder.to("+442079460000").assistantId(ID).build());

        assertThat(review.violations())
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation.jsonPath()).isEqualTo("$.assistant_id"));
        assertThat(review.violations())
                .extracting(Violation::message)
                .anySatisfy(message -> assertThat(message).contains("voice.id must not be empty"));
        assertThat(knowing.review(CallOrder.to("+442079460000")
                                .assistantId(ID)
                                .variable("name", "Dana")
                                .build())
                        .violations())
                .hasSize(1);
    }

    @Test
    void without_any_assistant_the_engines_default_speaks() {
        Assistant fallback = Assistant.prompt("default").build().snapshot(ID, NOW);
        OrderRules knowing =
                OrderRules.builder().assistants(directory(fallback)).build();

        assertThat(knowing.check(CallOrder.to("+442079460000").build()).assistant())
                .contains(fallback);
        assertThat(rules.review(CallOrder.to("+442079460000").build()).violations())
                .extracting(Violation::jsonPath)
                .containsExactly("$.assistant");
    }

    @Test
    void doubtful_things_are_warnings() {
        Assistant assistant = Assistant.prompt("p")
                .firstSentenceMode(FirstSentenceMode.STATIC)
                .transfer(new Transfer(Optional.empty(), Optional.of(HumanTransferMode.COLD), Optional.empty()))
                .voice(new Voice("v", VoiceProvider.ELEVENLABS, Optional.empty(), Optional.of(1.5)))
                .email("ops@example.com")
                .build();

        Review review =
                rules.check(CallOrder.to("+12005550132").assistant(assistant).build());

        assertThat(review.warnings())
                .extracting(Warning::jsonPath)
                .containsExactlyInAnyOrder(
                        "$.phone_number",
                        "$.assistant.first_sentence_mode",
                        "$.assistant.human_transfer_mode",
                        "$.assistant.voice.volume",
                        "$.assistant.email_notification_address");
    }

    @Test
    void a_voice_is_required_when_the_engine_has_none_unless_the_model_speaks_itself() {
        OrderRules voiceless = OrderRules.builder().voiceRequired(true).build();
        Assistant silent = Assistant.prompt("p").build();
        Assistant speaking = silent.toBuilder()
                .model(new LlmModel.Realtime(LlmModel.RealtimeProvider.OPENAI, "gpt-realtime", Optional.empty()))
                .build();

        assertThat(voiceless
                        .review(CallOrder.to("+442079460000").assistant(silent).build())
                        .violations())
                .extracting(Violation::jsonPath)
                .containsExactly("$.assistant.voice");
        assertThat(voiceless
                        .review(CallOrder.to("+442079460000")
                                .assistant(speaking)
                                .build())
                        .violations())
                .isEmpty();
    }

    @Test
    void the_zone_comes_from_the_policy_then_the_number_then_the_engine() {
        Assistant assistant = Assistant.prompt("p").build();
        ZoneId paris = ZoneId.of("Europe/Paris");
        CallOrder toNowhere = CallOrder.to("+80012345678").assistant(assistant).build();

        assertThat(rules.review(toNowhere).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("timezone required"));
        assertThat(OrderRules.builder()
                        .defaultZone(paris)
                        .build()
                        .check(toNowhere)
                        .zones())
                .isEqualTo(RecipientZones.fixed(paris));
        assertThat(rules.check(CallOrder.to("+442079460000")
                                .assistant(assistant)
                                .build())
                        .zones()
                        .zones())
                .containsExactly(ZoneId.of("Europe/London"));
        assertThat(rules.check(CallOrder.to("+442079460000")
                                .assistant(assistant)
                                .retryPolicy(
                                        RetryPolicy.builder().timezone(paris).build())
                                .build())
                        .zones())
                .isEqualTo(RecipientZones.fixed(paris));
    }

    @Test
    void an_accepted_order_has_effective_values_order_over_assistant_over_defaults() {
        RetryPolicy twice = RetryPolicy.builder().maxAttempts(2).build();
        RetryPolicy once = RetryPolicy.builder().maxAttempts(1).build();
        Assistant assistant = Assistant.prompt("p")
                .fromPhoneNumber(PhoneNumber.of("+442079460001"))
                .retryPolicy(twice)
                .firstSentenceDelay(Duration.ofMillis(50))
                .build()
                .snapshot(ID, NOW);
        CallOrder plain = CallOrder.to("+442079460000").assistant(assistant).build();
        CallOrder explicit = CallOrder.to("+442079460000")
                .from("+442079460002")
                .retryPolicy(once)
                .build();

        PlacedOrder fromAssistant = PlacedOrder.accepted(plain, "c", assistant, RecipientZones.UNKNOWN, NOW);
        PlacedOrder fromOrder = PlacedOrder.accepted(explicit, "c", assistant, RecipientZones.UNKNOWN, NOW);

        assertThat(fromAssistant.from()).contains(PhoneNumber.of("+442079460001"));
        assertThat(fromAssistant.retryPolicy()).isEqualTo(twice);
        assertThat(fromAssistant.firstSentenceDelay()).isEqualTo(Duration.ofMillis(50));
        assertThat(fromOrder.from()).contains(PhoneNumber.of("+442079460002"));
        assertThat(fromOrder.retryPolicy()).isEqualTo(once);
        assertThat(fromOrder.withStatus(OrderStatus.CALLING, NOW.plusSeconds(1)).version())
                .isEqualTo(1);
        assertThat(fromOrder.withPaused(true, NOW).paused()).isTrue();
    }

    @Test
    void an_assistants_texts_are_filled_but_not_those_of_tools_and_of_after_the_call() {
        HttpTool tool = new HttpTool(
                "look_up",
                "d",
                HttpMethod.GET,
                "https://x.example/{{a}}",
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
        Assistant assistant = Assistant.prompt("{{a}}")
                .firstSentence("{{a}}")
                .endOfCallSentence("{{a}}")
                .voicemailMessage("{{a}}")
                .tool(tool)
                .structuredOutput()
                .build();

        Assistant filled = assistant.mapTexts(text -> text.replace("{{a}}", "x"));

        assertThat(filled.prompt()).isEqualTo("x");
        assertThat(filled.speaking().firstSentence()).contains("x");
        assertThat(filled.speaking().firstSentenceMode()).isEqualTo(FirstSentenceMode.STATIC);
        assertThat(filled.speaking().endOfCallSentence()).contains("x");
        assertThat(filled.messages().voicemailMessage()).contains("x");
        assertThat(filled.tools()).containsExactly(tool);
        assertThat(assistant.saved()).isFalse();
        assertThat(Assistant.prompt("p").build().speaking()).isEqualTo(Speaking.DEFAULT);
    }

    private static AssistantDirectory directory(Assistant only) {
        return new AssistantDirectory() {
            @Override
            public Optional<Assistant> stored(Optional<String> organizationId, String id) {
                return Optional.of(only).filter(assistant -> assistant.id().equals(id));
            }

            @Override
            public Optional<Assistant> fallback(Optional<String> organizationId) {
                return Optional.of(only);
            }
        };
    }
}
