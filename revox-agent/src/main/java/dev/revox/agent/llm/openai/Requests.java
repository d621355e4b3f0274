package dev.revox.agent.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.revox.RevoxException;
import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Revox's requests in the SDK's words. <b>Thread:</b> Immutable. */
final class Requests {

    private static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int LONGEST_NAME = 64;

    private final JsonMapper json;
    private final String model;
    private final Map<String, Object> extraMembers;

    Requests(JsonMapper json, String model, Map<String, Object> extraMembers) {
        this.json = json;
        this.model = model;
        this.extraMembers = Map.copyOf(extraMembers);
    }

    ChatCompletionCreateParams translate(ChatRequest request) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder().model(model);
        request.messages().forEach(message -> add(params, message));
        request.tools().forEach(tool -> params.addTool(translate(tool)));
        request.responseSchema().ifPresent(schema -> params.responseFormat(translate(schema)));
        extraMembers.forEach((name, value) -> params.putAdditionalBodyProperty(name, JsonValue.from(value)));
        return params.build();
    }

    private static void add(ChatCompletionCreateParams.Builder params, ChatMessage message) {
        switch (message) {
            case ChatMessage.Instructions instructions -> params.addSystemMessage(instructions.text());
            case ChatMessage.User user -> params.addUserMessage(user.text());
            case ChatMessage.Assistant assistant -> params.addMessage(translate(assistant));
            case ChatMessage.ToolResult result ->
                params.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(result.callId())
                        .content(result.output())
                        .build());
        }
    }

    private static ChatCompletionAssistantMessageParam translate(ChatMessage.Assistant assistant) {
        ChatCompletionAssistantMessageParam.Builder param = ChatCompletionAssistantMessageParam.builder();
        // An empty content beside tool calls is refused by several servers that speak this protocol.
        if (!assistant.text().isEmpty() || assistant.toolCalls().isEmpty()) {
            param.content(assistant.text());
        }
        for (ToolCall call : assistant.toolCalls()) {
            param.addToolCall(ChatCompletionMessageFunctionToolCall.builder()
                    .id(call.id())
                    .function(ChatCompletionMessageFunctionToolCall.Function.builder()
                            .name(name(call))
                            .arguments(ModelJson.object(call.argumentsJson()).isPresent() ? call.argumentsJson() : "{}")
                            .build())
                    .build());
        }
        return param.build();
    }

    /**
     * A call that a model got wrong stays in the history with its error. Servers that take a name of other characters, or arguments
     * that are not JSON, from their own model refuse them in the next request, and the conversation would be stuck.
     */
    private static String name(ToolCall call) {
        String plain = FORBIDDEN_IN_NAMES.matcher(call.name()).replaceAll("_");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }

    private ChatCompletionFunctionTool translate(ToolSpec tool) {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .parameters(FunctionParameters.builder()
                                .putAllAdditionalProperties(members(tool.parametersJsonSchema(), "tool " + tool.name()))
                                .build())
                        .build())
                .build();
    }

    private ResponseFormatJsonSchema translate(ChatRequest.ResponseSchema schema) {
        Map<String, JsonValue> members = members(schema.jsonSchema(), "response schema " + schema.name());
        // Strict mode wants every object closed and every member required; who closes the root has written it for that.
        boolean strict = JsonValue.from(false).equals(members.get("additionalProperties"));
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name(schema.name())
                        .strict(strict)
                        .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                .putAllAdditionalProperties(members)
                                .build())
                        .build())
                .build();
    }

    private Map<String, JsonValue> members(String schema, String owner) {
        JsonNode root;
        try {
            root = json.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new RevoxException(owner + ": its JSON schema is not JSON", false);
        }
        if (!root.isObject()) {
            throw new RevoxException(owner + ": its JSON schema must be an object", false);
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        root.properties().forEach(member -> members.put(member.getKey(), JsonValue.fromJsonNode(member.getValue())));
        return members;
    }
}
