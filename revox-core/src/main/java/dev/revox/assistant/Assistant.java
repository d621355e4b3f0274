package dev.revox.assistant;

import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the agent is: its prompt, its voice, its tools and what happens around the call. Its {@code toString} holds no
 * text of the host's.
 *
 * <p>An assistant that was only built has no identity yet ({@link #saved()} is false): the engine gives it one with
 * {@link #snapshot} when it places an order, and a store when it saves it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param id empty until the assistant is saved or is the snapshot of an order
 * @param name null on the wire for an assistant that was given inline
 * @param organizationId the tenant
 * @param model empty means the engine's default
 * @param voice empty means the engine's default
 */
public record Assistant(
        String id,
        Optional<String> name,
        Optional<String> organizationId,
        Instant createdAt,
        Instant updatedAt,
        String prompt,
        Speaking speaking,
        Optional<LlmModel> model,
        Optional<Voice> voice,
        Ambience ambience,
        List<HttpTool> tools,
        boolean ivrNavigation,
        Messages messages,
        Transfer transfer,
        Analysis analysis,
        Notifications notifications,
        Optional<CalendlyLink> calendly,
        List<FaqItem> faqItems,
        Optional<PromptFlow> promptFlow,
        Optional<PhoneNumber> fromPhoneNumber,
        Optional<RetryPolicy> retryPolicy) {

    public Assistant {
        tools = List.copyOf(tools);
        faqItems = List.copyOf(faqItems);
    }

    /** A builder whose only required field is already set. */
    public static AssistantBuilder prompt(String prompt) {
        return new AssistantBuilder(prompt);
    }

    /** A builder that starts from this assistant, identity included. */
    public AssistantBuilder toBuilder() {
        return new AssistantBuilder(this);
    }

    /** True when it has an id and instants. */
    public boolean saved() {
        return !id.isEmpty();
    }

    /** This assistant as an order keeps it: unchanged when saved, else with an identity of its own. */
    public Assistant snapshot(String newId, Instant now) {
        return saved() ? this : toBuilder().identity(newId, now, now).build();
    }

    /**
     * A copy whose texts for before and during the call went through an operator, such as the filling of placeholders.
     *
     * <p>Tools keep their templates, which have rules of their own. So do {@code structured_output_prompt} and {@code
     * after_call_sms_prompt}: they may name the transcript, which does not exist before the call has ended.
     */
    public Assistant mapTexts(UnaryOperator<String> operator) {
        return toBuilder().mapTexts(operator).build();
    }

    /** Questions that still wait for a human's answer: marked so, and not answered by a human since. */
    public int pendingFaqCount() {
        return (int) faqItems.stream()
                .filter(item -> item.needsHumanAnswer().orElse(false))
                .filter(item ->
                        item.source().filter(FaqItem.Source.HUMAN::equals).isEmpty())
                .count();
    }

    @Override
    public String toString() {
        return "Assistant[" + id + "]";
    }
}
