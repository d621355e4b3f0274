package dev.revox.order.rules;

import dev.revox.assistant.Assistant;
import dev.revox.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which placeholders an assistant's texts may use.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class PlaceholderRules {

    /** Known at the start of an attempt. */
    static final Set<String> BUILT_IN =
            Set.of("now", "date", "time", "call_direction", "user_phone_number", "agent_phone_number");

    /** Known once the call is over. */
    private static final String TRANSCRIPT = "transcript";

    private PlaceholderRules() {}

    static void check(Findings findings, Assistant assistant, Predicate<String> variables) {
        check(findings, "prompt", assistant.prompt(), variables, false);
        var speaking = assistant.speaking();
        speaking.firstSentence().ifPresent(text -> check(findings, "first_sentence", text, variables, false));
        speaking.endOfCallSentence().ifPresent(text -> check(findings, "end_of_call_sentence", text, variables, false));
        speaking.maxDurationEndMessage()
                .ifPresent(text -> check(findings, "max_duration_end_message", text, variables, false));
        var messages = assistant.messages();
        messages.voicemailMessage().ifPresent(text -> check(findings, "voicemail_message", text, variables, false));
        messages.voicemailSmsPrompt()
                .ifPresent(text -> check(findings, "voicemail_sms_prompt", text, variables, false));
        messages.smsTemplate().ifPresent(text -> check(findings, "sms_template", text, variables, false));
        messages.afterCallSmsPrompt()
                .ifPresent(text -> check(findings, "after_call_sms_prompt", text, variables, true));
        assistant
                .transfer()
                .summaryInstructions()
                .ifPresent(text -> check(findings, "warm_transfer_summary_instructions", text, variables, false));
        assistant
                .analysis()
                .structuredOutputPrompt()
                .ifPresent(text -> check(findings, "structured_output_prompt", text, variables, true));
    }

    private static void check(
            Findings findings, String member, String text, Predicate<String> variables, boolean afterTheCall) {
        unknown(findings, member, Template.of(text).names(), variables, afterTheCall);
    }

    /** Reports the names that are neither given nor built in. */
    static void unknown(
            Findings findings, String member, Set<String> names, Predicate<String> given, boolean afterTheCall) {
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            boolean builtIn = BUILT_IN.contains(name) || (afterTheCall && name.equals(TRANSCRIPT));
            if (!builtIn && !given.test(name)) {
                unknown.add("{{" + name + "}}");
            }
        }
        if (!unknown.isEmpty()) {
            findings.wrong(
                    member,
                    "uses " + String.join(", ", unknown)
                            + ", neither given in prompt_variables nor built in"
                            + (unknown.contains("{{transcript}}") ? " before the call is over" : ""));
        }
    }
}
