package dev.revox.assistant;

import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the agent is: its prompt, its voice, its tools and what happens around the call. Its {@code toString} holds no
 * text of the host's.
 *
 * <p><b>Thread:</b> Immutable.
 *
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

    /** Questions that still wait for a human's answer. */
    public int pendingFaqCount() {
        return (int) faqItems.stream()
                .filter(item -> item.needsHumanAnswer().orElse(false))
                .count();
    }

    @Override
    public String toString() {
        return "Assistant[" + id + "]";
    }
}
