package dev.revox.agent.llm;

import java.util.List;
import java.util.Optional;

/**
 * One request to a language model. Its {@code toString} holds no text.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param responseSchema a JSON schema that the answer must follow, for analysis
 */
public record ChatRequest(List<ChatMessage> messages, List<ToolSpec> tools, Optional<ResponseSchema> responseSchema) {

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A named JSON schema. */
    public record ResponseSchema(String name, String jsonSchema) {}

    @Override
    public String toString() {
        return "ChatRequest[" + messages.size() + " messages, " + tools.size() + " tools]";
    }
}
