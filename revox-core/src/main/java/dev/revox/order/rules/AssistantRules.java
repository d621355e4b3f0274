package dev.revox.order.rules;

import dev.revox.assistant.Analysis;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.phone.DestinationPolicy;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The limits of an assistant, each under its name in the page's body.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class AssistantRules {

    private static final int MAX_END_MESSAGE_CHARS = 150;
    private static final Set<String> DEDICATED_MODELS = Set.of("gpt-4.1", "ministral-3-8b-instruct");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+");

    private final DestinationPolicy destinations;
    private final CallerIds callerIds;
    private final Set<String> backgroundSounds;
    private final boolean voiceRequired;

    AssistantRules(
            DestinationPolicy destinations, CallerIds callerIds, Set<String> backgroundSounds, boolean voiceRequired) {
        this.destinations = destinations;
        this.callerIds = callerIds;
        this.backgroundSounds = backgroundSounds;
        this.voiceRequired = voiceRequired;
    }

    /**
     * Checks everything.
     *
     * @param tenant whose numbers it may show
     * @param variables which names have a value
     */
    void check(Findings findings, Assistant assistant, Optional<String> tenant, Predicate<String> variables) {
        speaking(findings, assistant.speaking());
        assistant.model().ifPresent(model -> model(findings.at("llm_model"), model));
        voice(findings, assistant);
        ambience(findings, assistant.ambience());
        transfer(findings, assistant.transfer());
        notifications(findings, assistant.notifications());
        fields(findings, "structured_output_config", assistant.analysis().structuredOutput());
        doubtfulPrompt(findings, assistant.analysis());
        assistant.fromPhoneNumber().ifPresent(number -> OrderRules.ownNumber(findings, tenant, number, callerIds));
        assistant.retryPolicy().ifPresent(policy -> policy(findings.at("call_retry_config"), policy));
        Set<String> toolNames = new HashSet<>();
        for (int i = 0; i < assistant.tools().size(); i++) {
            HttpTool tool = assistant.tools().get(i);
            ToolRules.check(findings.at("custom_tools", i), tool, variables);
            findings.at("custom_tools", i)
                    .wrongIf(!toolNames.add(tool.name()), "name", "must be unique among the tools");
        }
        PlaceholderRules.check(findings, assistant, variables);
    }

    private static void speaking(Findings findings, Speaking speaking) {
        speaking.firstSentenceDelay()
                .ifPresent(fromAnswer -> findings.wrongIf(
                        fromAnswer.isNegative()
                                || fromAnswer.compareTo(Duration.ofMillis(OrderRules.MAX_SAFE_INTEGER)) > 0,
                        "first_sentence_delay_ms",
                        "must be within 0 and " + OrderRules.MAX_SAFE_INTEGER));
        findings.wrongIf(
                speaking.maxCallDuration().isZero()
                        || speaking.maxCallDuration().isNegative(),
                "max_call_duration_secs",
                "must be greater than 0");
        speaking.maxDurationEndMessage()
                .ifPresent(text -> findings.wrongIf(
                        text.codePointCount(0, text.length()) > MAX_END_MESSAGE_CHARS,
                        "max_duration_end_message",
                        "must have at most " + MAX_END_MESSAGE_CHARS + " characters"));
        if (speaking.firstSentenceMode() == FirstSentenceMode.STATIC
                && speaking.firstSentence().isEmpty()) {
            findings.doubtful("first_sentence_mode", "static without a first_sentence says nothing");
        }
    }

    private static void model(Findings findings, LlmModel model) {
        switch (model) {
            case LlmModel.Dedicated dedicated ->
                findings.wrongIf(
                        !DEDICATED_MODELS.contains(dedicated.name()),
                        "name",
                        "must be gpt-4.1 or ministral-3-8b-instruct");
            case LlmModel.OpenRouter openRouter -> {
                findings.wrongIf(openRouter.modelId().isBlank(), "openrouter_model_id", "must not be empty");
                findings.wrongIf(openRouter.provider().isBlank(), "openrouter_provider", "must not be empty");
            }
            case LlmModel.Custom custom -> {
                findings.wrongIf(custom.apiKey().isEmpty(), "api_key", "must not be empty");
                findings.wrongIf(custom.modelName().isEmpty(), "model_name", "must not be empty");
                webAddress(findings, "api_url", custom.apiUrl());
            }
            case LlmModel.Realtime realtime -> {
                findings.wrongIf(realtime.modelId().isBlank(), "realtime_model_id", "must not be empty");
                realtime.voiceId()
                        .ifPresent(id -> findings.wrongIf(id.isEmpty(), "realtime_voice_id", "must not be empty"));
            }
        }
    }

    private void voice(Findings findings, Assistant assistant) {
        if (assistant.voice().isEmpty()) {
            boolean speaksItself = assistant
                    .model()
                    .filter(LlmModel.Realtime.class::isInstance)
                    .isPresent();
            findings.wrongIf(voiceRequired && !speaksItself, "voice", "give a voice; the engine has no default voice");
            return;
        }
        Voice voice = assistant.voice().get();
        Findings inside = findings.at("voice");
        inside.wrongIf(voice.id().isEmpty(), "id", "must not be empty");
        double slowest = lowestSpeed(voice.provider());
        double fastest = highestSpeed(voice.provider());
        voice.speed()
                .ifPresent(speed -> inside.wrongIf(
                        !within(speed, slowest, fastest),
                        "speed",
                        "must be within " + slowest + " and " + fastest + " for "
                                + voice.provider().wireName()));
        voice.volume()
                .ifPresent(volume -> inside.wrongIf(!within(volume, 0.5, 2.0), "volume", "must be within 0.5 and 2.0"));
        if (voice.provider() != VoiceProvider.CARTESIA
                && voice.volume().filter(volume -> volume != 1.0).isPresent()) {
            inside.doubtful("volume", "has an effect at cartesia only");
        }
    }

    private static double lowestSpeed(VoiceProvider provider) {
        return switch (provider) {
            case CARTESIA -> 0.6;
            case ELEVENLABS -> 0.7;
            case OPENAI -> 0.25;
        };
    }

    private static double highestSpeed(VoiceProvider provider) {
        return switch (provider) {
            case CARTESIA -> 1.5;
            case ELEVENLABS -> 1.2;
            case OPENAI -> 4.0;
        };
    }

    private void ambience(Findings findings, Ambience ambience) {
        ambience.backgroundSound()
                .ifPresent(name -> findings.wrongIf(
                        !backgroundSounds.contains(name),
                        "background_sound",
                        "must be one of "
                                + String.join(
                                        ", ", backgroundSounds.stream().sorted().toList())));
        share(findings, "background_sound_volume", ambience.backgroundSoundVolume());
        share(findings, "thinking_sound_probability", ambience.thinkingSoundProbability());
        share(findings, "thinking_sound_volume", ambience.thinkingSoundVolume());
    }

    private static void share(Findings findings, String member, double value) {
        findings.wrongIf(!within(value, 0, 1), member, "must be within 0 and 1");
    }

    private static boolean within(double value, double lowest, double highest) {
        return value >= lowest && value <= highest;
    }

    private void transfer(Findings findings, Transfer transfer) {
        Optional<PhoneNumber> number = transfer.phoneNumber();
        if (number.isEmpty() && transfer.mode().isPresent()) {
            findings.doubtful("human_transfer_mode", "has no effect without a transfer_phone_number");
        }
        if (number.isEmpty()) {
            return;
        }
        Optional<DestinationPolicy.Kind> refusal = destinations.refusal(number.get());
        refusal.ifPresent(kind -> findings.wrong("transfer_phone_number", OrderRules.refused(kind)));
        if (refusal.isEmpty() && !PhoneNumbers.isValid(number.get())) {
            findings.doubtful("transfer_phone_number", "is possible, but no known numbering plan has it");
        }
    }

    private static void notifications(Findings findings, Notifications notifications) {
        notifications
                .emailAddress()
                .ifPresent(address -> findings.wrongIf(
                        address.length() > 254 || !EMAIL.matcher(address).matches(),
                        "email_notification_address",
                        "must be an e-mail address such as ops@example.com"));
        notifications.webhookUrl().ifPresent(url -> webAddress(findings, "webhook_url", url));
        boolean outcomes = !notifications.emailOutcomes().isEmpty();
        if (outcomes && notifications.emailAddress().isEmpty()) {
            findings.doubtful("email_notification_outcomes", "have no effect without an email_notification_address");
        }
        if (!outcomes && notifications.emailAddress().isPresent()) {
            findings.doubtful("email_notification_address", "has no effect without email_notification_outcomes");
        }
    }

    private static void webAddress(Findings findings, String member, URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        findings.wrongIf(
                !web || url.getHost() == null || url.getRawUserInfo() != null,
                member,
                "must be an http or https URL with a host and without user and password");
    }

    private static void doubtfulPrompt(Findings findings, Analysis analysis) {
        if (analysis.structuredOutputPrompt().isPresent()
                && analysis.structuredOutput().isEmpty()) {
            findings.doubtful("structured_output_prompt", "has no effect without a structured_output_config");
        }
    }

    static void fields(Findings findings, String member, List<DataField> fields) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            DataField field = fields.get(i);
            Findings inside = findings.at(member, i);
            inside.wrongIf(field.name().isEmpty(), "name", "must not be empty");
            inside.wrongIf(!names.add(field.name()), "name", "must be unique in its list");
            inside.wrongIf(
                    field.type() == FieldType.ENUM && field.enumOptions().isEmpty(),
                    "enum_options",
                    "must list at least one option, because the type is enum");
        }
    }

    static void policy(Findings findings, RetryPolicy policy) {
        Duration longest = Duration.ofSeconds(OrderRules.MAX_SAFE_INTEGER);
        for (int i = 0; i < policy.windows().size(); i++) {
            CallingWindow window = policy.windows().get(i);
            Findings inside = findings.at("calling_windows", i);
            Duration pause = window.retryDelay();
            inside.wrongIf(
                    pause.isZero() || pause.isNegative() || pause.compareTo(longest) > 0,
                    "retry_delay_seconds",
                    "must be greater than 0 and at most " + OrderRules.MAX_SAFE_INTEGER);
            inside.wrongIf(
                    window.start().minuteOfDay() == 1440,
                    "calling_window_start_time",
                    "must be before 24:00, which is an end only");
        }
        findings.wrongIf(
                policy.maxAttempts() > OrderRules.MAX_SAFE_INTEGER,
                "max_retry_attempts",
                "must be at most " + OrderRules.MAX_SAFE_INTEGER);
        policy.timezone()
                .ifPresent(zone -> findings.wrongIf(
                        !ZoneId.getAvailableZoneIds().contains(zone.getId()),
                        "timezone",
                        "must be an IANA time zone such as America/New_York"));
    }
}
