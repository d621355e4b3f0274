package dev.revox.assistant;

import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.attempt.CallOutcome;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Collects an {@link Assistant}, with the page's defaults for what is not given. Limits are checked when an order is placed.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class AssistantBuilder {

    private String id = "";
    private Optional<String> name = Optional.empty();
    private Optional<String> organizationId = Optional.empty();
    private Instant createdAt = Instant.EPOCH;
    private Instant updatedAt = Instant.EPOCH;
    private String prompt;
    private Optional<String> firstSentence = Optional.empty();
    private Optional<FirstSentenceMode> firstSentenceMode = Optional.empty();
    private Optional<Duration> firstSentenceDelay = Optional.empty();
    private Optional<String> endOfCallSentence = Optional.empty();
    private Duration maxCallDuration = Speaking.DEFAULT_MAX_CALL_DURATION;
    private Optional<String> maxDurationEndMessage = Optional.empty();
    private Optional<LlmModel> model = Optional.empty();
    private Optional<Voice> voice = Optional.empty();
    private Ambience ambience = Ambience.NONE;
    private List<HttpTool> tools = List.of();
    private boolean ivrNavigation;
    private Messages messages = Messages.NONE;
    private Transfer transfer = Transfer.NONE;
    private Analysis analysis = Analysis.NONE;
    private Notifications notifications = Notifications.NONE;
    private Optional<CalendlyLink> calendly = Optional.empty();
    private List<FaqItem> faqItems = List.of();
    private Optional<PromptFlow> promptFlow = Optional.empty();
    private Optional<PhoneNumber> fromPhoneNumber = Optional.empty();
    private Optional<RetryPolicy> retryPolicy = Optional.empty();

    AssistantBuilder(String prompt) {
        this.prompt = prompt;
    }

    AssistantBuilder(Assistant from) {
        id = from.id();
        name = from.name();
        organizationId = from.organizationId();
        createdAt = from.createdAt();
        updatedAt = from.updatedAt();
        prompt = from.prompt();
        AssistantBuilder unused = speaking(from.speaking());
        model = from.model();
        voice = from.voice();
        ambience = from.ambience();
        tools = from.tools();
        ivrNavigation = from.ivrNavigation();
        messages = from.messages();
        transfer = from.transfer();
        analysis = from.analysis();
        notifications = from.notifications();
        calendly = from.calendly();
        faqItems = from.faqItems();
        promptFlow = from.promptFlow();
        fromPhoneNumber = from.fromPhoneNumber();
        retryPolicy = from.retryPolicy();
    }

    /** Who it is once it is saved, or is the snapshot of an order. */
    public AssistantBuilder identity(String newId, Instant created, Instant updated) {
        id = newId;
        createdAt = created;
        updatedAt = updated;
        return this;
    }

    /** The name of a stored assistant; one given inline has none. */
    public AssistantBuilder name(String newName) {
        name = Optional.of(newName);
        return this;
    }

    public AssistantBuilder organization(String tenantId) {
        organizationId = Optional.of(tenantId);
        return this;
    }

    /** The tenant, or none. */
    public AssistantBuilder tenant(Optional<String> owner) {
        organizationId = owner;
        return this;
    }

    public AssistantBuilder prompt(String text) {
        prompt = text;
        return this;
    }

    /** All of {@link Speaking} at once. */
    public AssistantBuilder speaking(Speaking all) {
        firstSentence = all.firstSentence();
        firstSentenceMode = Optional.of(all.firstSentenceMode());
        firstSentenceDelay = all.firstSentenceDelay();
        endOfCallSentence = all.endOfCallSentence();
        maxCallDuration = all.maxCallDuration();
        maxDurationEndMessage = all.maxDurationEndMessage();
        return this;
    }

    /** Spoken as it is, unless a mode is given. */
    public AssistantBuilder firstSentence(String text) {
        firstSentence = Optional.of(text);
        return this;
    }

    /** {@code STATIC} when left out and a sentence is given, else {@code GENERATED}. */
    public AssistantBuilder firstSentenceMode(FirstSentenceMode mode) {
        firstSentenceMode = Optional.of(mode);
        return this;
    }

    /** From the answer; 400 ms when left out. */
    public AssistantBuilder firstSentenceDelay(Duration fromAnswer) {
        firstSentenceDelay = Optional.of(fromAnswer);
        return this;
    }

    /** Spoken to its last sample before the agent hangs up. */
    public AssistantBuilder endOfCallSentence(String text) {
        endOfCallSentence = Optional.of(text);
        return this;
    }

    /** One hour when left out. */
    public AssistantBuilder maxCallDuration(Duration longest) {
        maxCallDuration = longest;
        return this;
    }

    /** Said when the time is up, at most 150 characters. */
    public AssistantBuilder maxDurationEndMessage(String text) {
        maxDurationEndMessage = Optional.of(text);
        return this;
    }

    public AssistantBuilder model(LlmModel languageModel) {
        model = Optional.of(languageModel);
        return this;
    }

    public AssistantBuilder voice(Voice speaker) {
        voice = Optional.of(speaker);
        return this;
    }

    /** Sounds under the conversation; none when left out. */
    public AssistantBuilder ambience(Ambience sounds) {
        ambience = sounds;
        return this;
    }

    /** Adds an HTTP tool to those already given. */
    public AssistantBuilder tool(HttpTool tool) {
        List<HttpTool> all = new ArrayList<>(tools);
        all.add(tool);
        return tools(all);
    }

    public AssistantBuilder tools(List<HttpTool> all) {
        tools = List.copyOf(all);
        return this;
    }

    /** The agent may find its way through telephone menus. */
    public AssistantBuilder ivrNavigation(boolean enabled) {
        ivrNavigation = enabled;
        return this;
    }

    /** All of voicemail and text messages at once. */
    public AssistantBuilder messages(Messages all) {
        messages = all;
        return this;
    }

    /** Spoken after the beep; without one the agent hangs up on a machine. */
    public AssistantBuilder voicemailMessage(String text) {
        messages = new Messages(
                Optional.of(text),
                messages.voicemailSmsPrompt(),
                messages.smsEnabled(),
                messages.smsTemplate(),
                messages.afterCallSmsPrompt());
        return this;
    }

    /** How a person is brought in. A mode left out is warm as soon as there is a number. */
    public AssistantBuilder transfer(Transfer how) {
        transfer = how;
        return this;
    }

    /** Hands over to a person at this number, with a spoken summary. */
    public AssistantBuilder transferTo(String number) {
        return transfer(
                new Transfer(Optional.of(PhoneNumbers.parse(number)), transfer.mode(), transfer.summaryInstructions()));
    }

    public AssistantBuilder analysis(Analysis afterTheCall) {
        analysis = afterTheCall;
        return this;
    }

    /** What is to be drawn from the transcript. */
    public AssistantBuilder structuredOutput(DataField... fields) {
        return analysis(new Analysis(List.of(fields), analysis.structuredOutputPrompt()));
    }

    /** Who is told by e-mail, of which outcomes, and the webhook. */
    public AssistantBuilder notifications(Notifications whom) {
        notifications = whom;
        return this;
    }

    /** Told of the call when its status is final. */
    public AssistantBuilder webhookUrl(URI url) {
        return notifications(
                new Notifications(notifications.emailAddress(), notifications.emailOutcomes(), Optional.of(url)));
    }

    /** Told by e-mail when the outcome is one of these. */
    public AssistantBuilder email(String address, CallOutcome... outcomes) {
        return notifications(new Notifications(Optional.of(address), List.of(outcomes), notifications.webhookUrl()));
    }

    public AssistantBuilder calendly(CalendlyLink link) {
        calendly = Optional.of(link);
        return this;
    }

    /** Replaces all questions and answers. */
    public AssistantBuilder faqItems(List<FaqItem> all) {
        faqItems = List.copyOf(all);
        return this;
    }

    public AssistantBuilder promptFlow(PromptFlow drawing) {
        promptFlow = Optional.of(drawing);
        return this;
    }

    /** The number shown to the person called, unless the order gives one. */
    public AssistantBuilder fromPhoneNumber(PhoneNumber number) {
        fromPhoneNumber = Optional.of(number);
        return this;
    }

    public AssistantBuilder retryPolicy(RetryPolicy policy) {
        retryPolicy = Optional.of(policy);
        return this;
    }

    AssistantBuilder mapTexts(UnaryOperator<String> operator) {
        prompt = operator.apply(prompt);
        firstSentence = firstSentence.map(operator);
        endOfCallSentence = endOfCallSentence.map(operator);
        maxDurationEndMessage = maxDurationEndMessage.map(operator);
        messages = messages.mapTexts(operator);
        transfer = transfer.mapTexts(operator);
        return this;
    }

    public Assistant build() {
        FirstSentenceMode mode = firstSentenceMode.orElse(
                firstSentence.isPresent() ? FirstSentenceMode.STATIC : FirstSentenceMode.GENERATED);
        Speaking spoken = new Speaking(
                firstSentence, mode, firstSentenceDelay, endOfCallSentence, maxCallDuration, maxDurationEndMessage);
        return new Assistant(
                id,
                name,
                organizationId,
                createdAt,
                updatedAt,
                prompt,
                spoken,
                model,
                voice,
                ambience,
                tools,
                ivrNavigation,
                messages,
                transfer.withMode(),
                analysis,
                notifications,
                calendly,
                faqItems,
                promptFlow,
                fromPhoneNumber,
                retryPolicy);
    }
}
