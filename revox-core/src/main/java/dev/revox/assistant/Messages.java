package dev.revox.assistant;

import java.util.Optional;

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

    @Override
    public String toString() {
        return "Messages[smsEnabled=" + smsEnabled + "]";
    }
}
