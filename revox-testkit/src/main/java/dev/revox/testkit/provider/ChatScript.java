package dev.revox.testkit.provider;

import java.util.List;
import java.util.Optional;

/**
 * What the local language model answers.
 *
 * <p><b>Thread:</b> called on virtual threads, several at a time.
 */
@FunctionalInterface
public interface ChatScript {

    Answer answer(Request request);

    /**
     * What the client asked.
     *
     * @param tools names of the tools that it offers
     * @param responseSchema name of the JSON schema that the answer must follow
     * @param json the whole request
     */
    record Request(
            String model, List<Message> messages, List<String> tools, Optional<String> responseSchema, String json) {

        /** The last thing that the user said; empty when the user has said nothing. */
        public String lastUserText() {
            return messages.reversed().stream()
                    .filter(message -> message.role().equals("user"))
                    .map(Message::content)
                    .findFirst()
                    .orElse("");
        }
    }

    /** One message of the history; {@code content} is empty for pure tool calls. */
    record Message(String role, String content) {}

    /** Text, tool calls, or both. */
    record Answer(String text, List<Call> calls) {

        public static Answer text(String text) {
            return new Answer(text, List.of());
        }

        public static Answer call(String tool, String argumentsJson) {
            return new Answer("", List.of(new Call(tool, argumentsJson)));
        }
    }

    /** A tool call. */
    record Call(String tool, String argumentsJson) {}
}
