package dev.revox.assistant;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is sent or said beside the conversation: voicemail and text messages.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record Messages(
        Optional<String> voicemailMessage,
        Optional<String> voicemailSmsPrompt,
        boolean smsEnabled,
        Optional<String> smsTemplate,
        Optional<String> afterCallSmsPrompt) {

    public static final Messages NONE =
            new Messages(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

    /** With the texts of before and during the call changed; {@code afterCallSmsPrompt} stays as it is. */
    Messages mapTexts(UnaryOperator<String> operator) {
        return new Messages(
                voicemailMessage.map(operator),
                voicemailSmsPrompt.map(operator),
                smsEnabled,
                smsTemplate.map(operator),
                afterCallSmsPrompt);
    }

    @Override
    public String toString() {
        return "Messages[smsEnabled=" + smsEnabled + "]";
    }
}
