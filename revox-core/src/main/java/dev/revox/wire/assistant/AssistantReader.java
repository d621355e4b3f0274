package dev.revox.wire.assistant;

import dev.revox.assistant.Analysis;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.AssistantBuilder;
import dev.revox.assistant.CalendlyLink;
import dev.revox.assistant.FaqItem;
import dev.revox.assistant.HumanTransferMode;
import dev.revox.assistant.Messages;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.PromptFlow;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.attempt.CallOutcome;
import dev.revox.order.rules.OrderRules;
import dev.revox.phone.PhoneNumber;
import dev.revox.wire.json.Members;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code assistant}, in a request or, with the members that only responses have, in a response.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class AssistantReader {

    private static final Map<String, FirstSentenceMode> FIRST_SENTENCE_MODES =
            WireNames.of(FirstSentenceMode.values(), FirstSentenceMode::wireName);
    private static final Map<String, HumanTransferMode> TRANSFER_MODES =
            WireNames.of(HumanTransferMode.values(), HumanTransferMode::wireName);
    private static final Map<String, ThinkingSound> THINKING_SOUNDS =
            WireNames.of(ThinkingSound.values(), ThinkingSound::wireName);
    public static final Map<String, CallOutcome> OUTCOMES = WireNames.of(CallOutcome.values(), CallOutcome::wireName);
    private static final Map<String, FaqItem.Source> FAQ_SOURCES =
            WireNames.of(FaqItem.Source.values(), FaqItem.Source::wireName);
    private static final Map<String, VoiceProvider> ALL_VOICES =
            WireNames.of(VoiceProvider.values(), VoiceProvider::wireName);
    private static final Map<String, VoiceProvider> PAGE_VOICES = pageVoices();

    private final Members members;
    private final boolean response;

    private AssistantReader(Members members, boolean response) {
        this.members = members;
        this.response = response;
    }

    public static Assistant request(Members members) {
        return new AssistantReader(members, false).read();
    }

    /** With the members that only responses have. */
    public static Assistant response(Members members) {
        return new AssistantReader(members, true).read();
    }

    private static Map<String, VoiceProvider> pageVoices() {
        Map<String, VoiceProvider> voices = new LinkedHashMap<>(ALL_VOICES);
        voices.remove(VoiceProvider.OPENAI.wireName());
        return voices;
    }

    private Assistant read() {
        AssistantBuilder assistant = Assistant.prompt(members.requiredText("prompt"));
        speaking(assistant);
        members.object("llm_model").flatMap(ModelReader::read).ifPresent(assistant::model);
        members.object("voice").map(this::voice).ifPresent(assistant::voice);
        assistant.ambience(new Ambience(
                members.text("background_sound"),
                members.number("background_sound_volume").orElse(Ambience.NONE.backgroundSoundVolume()),
                members.choice("thinking_sound", THINKING_SOUNDS),
                members.number("thinking_sound_probability").orElse(Ambience.NONE.thinkingSoundProbability()),
                members.number("thinking_sound_volume").orElse(Ambience.NONE.thinkingSoundVolume())));
        members.objects("custom_tools")
                .ifPresent(tools -> assistant.tools(tools.stream()
                        .map(tool -> ToolReader.tool(tool, response))
                        .toList()));
        assistant.ivrNavigation(members.bool("ivr_navigation_enabled").orElse(false));
        assistant.messages(new Messages(
                members.text("voicemail_message"),
                members.text("voicemail_sms_prompt"),
                members.bool("sms_enabled").orElse(false),
                members.text("sms_template"),
                members.text("after_call_sms_prompt")));
        assistant.transfer(new Transfer(
                phoneNumber("transfer_phone_number"),
                members.choice("human_transfer_mode", TRANSFER_MODES),
                members.text("warm_transfer_summary_instructions")));
        assistant.analysis(new Analysis(
                ToolReader.fields(members, "structured_output_config"), members.text("structured_output_prompt")));
        assistant.notifications(new Notifications(
                members.text("email_notification_address"),
                members.choices("email_notification_outcomes", OUTCOMES).orElse(List.of()),
                members.uri("webhook_url")));
        members.object("calendly").map(AssistantReader::calendly).ifPresent(assistant::calendly);
        members.objects("faq_items")
                .ifPresent(items ->
                        assistant.faqItems(items.stream().map(this::faqItem).toList()));
        members.object("prompt_flow").map(AssistantReader::promptFlow).ifPresent(assistant::promptFlow);
        phoneNumber("from_phone_number").ifPresent(assistant::fromPhoneNumber);
        members.object("call_retry_config").map(PolicyReader::read).ifPresent(assistant::retryPolicy);
        if (response) {
            identity(assistant);
        }
        members.finish();
        return assistant.build();
    }

    /** What was written once is read as it is: the rules for new numbers change with each edition of the metadata. */
    private Optional<PhoneNumber> phoneNumber(String name) {
        return response ? members.e164(name) : members.phoneNumber(name);
    }

    private void identity(AssistantBuilder assistant) {
        assistant.identity(
                members.requiredText("id"),
                members.instant("created_at").orElse(Instant.EPOCH),
                members.instant("updated_at").orElse(Instant.EPOCH));
        members.text("name").ifPresent(assistant::name);
        members.text("organization_id").ifPresent(assistant::organization);
        // Derived from the items.
        Optional<Long> unused = members.integer("pending_faq_count", 0);
    }

    private void speaking(AssistantBuilder assistant) {
        members.text("first_sentence").ifPresent(assistant::firstSentence);
        members.choice("first_sentence_mode", FIRST_SENTENCE_MODES).ifPresent(assistant::firstSentenceMode);
        members.integer("first_sentence_delay_ms", 0).map(Duration::ofMillis).ifPresent(assistant::firstSentenceDelay);
        members.text("end_of_call_sentence").ifPresent(assistant::endOfCallSentence);
        members.decimal("max_call_duration_secs").flatMap(this::duration).ifPresent(assistant::maxCallDuration);
        members.text("max_duration_end_message").ifPresent(assistant::maxDurationEndMessage);
    }

    private Optional<Duration> duration(BigDecimal seconds) {
        boolean tooLong = (long) seconds.precision() - seconds.scale() > 17
                || seconds.compareTo(BigDecimal.valueOf(OrderRules.MAX_SAFE_INTEGER)) > 0;
        boolean tooShort = seconds.signum() <= 0 || seconds.compareTo(BigDecimal.valueOf(1, 9)) < 0;
        if (tooLong || tooShort) {
            members.wrong(
                    "max_call_duration_secs", "must be greater than 0 and at most " + OrderRules.MAX_SAFE_INTEGER);
            return Optional.empty();
        }
        long whole = seconds.longValue();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Optional.of(Duration.ofSeconds(whole, nanos));
    }

    private Voice voice(Members inside) {
        inside.require("provider");
        Voice voice = new Voice(
                inside.requiredText("id"),
                inside.choice("provider", response ? ALL_VOICES : PAGE_VOICES).orElse(VoiceProvider.CARTESIA),
                inside.number("speed"),
                inside.number("volume"));
        inside.finish();
        return voice;
    }

    private static CalendlyLink calendly(Members inside) {
        CalendlyLink link =
                new CalendlyLink(inside.requiredText("connection_id"), inside.requiredText("event_type_id"));
        inside.finish();
        return link;
    }

    private FaqItem faqItem(Members inside) {
        String question = inside.requiredText("question");
        String answer = inside.requiredText("answer");
        FaqItem item = response
                ? new FaqItem(
                        question,
                        answer,
                        inside.text("id"),
                        inside.bool("needs_human_answer"),
                        inside.choice("source", FAQ_SOURCES))
                : FaqItem.of(question, answer);
        inside.finish();
        return item;
    }

    private static PromptFlow promptFlow(Members inside) {
        inside.require("edges");
        inside.require("nodes");
        PromptFlow flow = new PromptFlow(
                inside.objects("edges").orElse(List.of()).stream()
                        .map(AssistantReader::edge)
                        .toList(),
                inside.objects("nodes").orElse(List.of()).stream()
                        .map(AssistantReader::block)
                        .toList());
        inside.finish();
        return flow;
    }

    private static PromptFlow.Edge edge(Members inside) {
        PromptFlow.Edge edge = new PromptFlow.Edge(
                inside.requiredText("id"), inside.requiredText("source"), inside.requiredText("target"));
        inside.finish();
        return edge;
    }

    private static PromptFlow.Node block(Members inside) {
        inside.require("type");
        inside.choice("type", Map.of("promptBlock", "promptBlock"));
        inside.require("data");
        inside.require("position");
        Optional<Members> data = inside.object("data");
        Optional<Members> position = inside.object("position");
        position.ifPresent(place -> {
            place.require("x");
            place.require("y");
        });
        PromptFlow.Node node = new PromptFlow.Node(
                inside.requiredText("id"),
                data.map(texts -> texts.requiredText("title")).orElse(""),
                data.map(texts -> texts.requiredText("body")).orElse(""),
                position.flatMap(place -> place.number("x")).orElse(0.0),
                position.flatMap(place -> place.number("y")).orElse(0.0));
        data.ifPresent(Members::finish);
        position.ifPresent(Members::finish);
        inside.finish();
        return node;
    }
}
