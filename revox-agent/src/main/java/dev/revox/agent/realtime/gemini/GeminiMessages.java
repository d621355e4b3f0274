package dev.revox.agent.realtime.gemini;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.RealtimeModel.SessionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said to the Live API. */
final class GeminiMessages {

    static final int INPUT_RATE_HZ = 16_000;

    static final String ACTIVITY_START = "{\"realtimeInput\":{\"activityStart\":{}}}";
    static final String ACTIVITY_END = "{\"realtimeInput\":{\"activityEnd\":{}}}";

    private GeminiMessages() {}

    static String setup(SessionRequest request) {
        Map<String, Object> generation = new LinkedHashMap<>();
        generation.put("responseModalities", List.of("AUDIO"));
        request.voice()
                .ifPresent(voice -> generation.put(
                        "speechConfig",
                        Map.of("voiceConfig", Map.of("prebuiltVoiceConfig", Map.of("voiceName", voice)))));
        Map<String, Object> setup = new LinkedHashMap<>();
        setup.put("model", request.modelId().startsWith("models/") ? request.modelId() : "models/" + request.modelId());
        setup.put("generationConfig", generation);
        setup.put("systemInstruction", Map.of("parts", List.of(Map.of("text", request.instructions()))));
        if (!request.tools().isEmpty()) {
            setup.put(
                    "tools",
                    List.of(Map.of(
                            "functionDeclarations",
                            request.tools().stream().map(GeminiMessages::tool).toList())));
        }
        setup.put("realtimeInputConfig", Map.of("automaticActivityDetection", Map.of("disabled", true)));
        setup.put("inputAudioTranscription", Map.of());
        setup.put("outputAudioTranscription", Map.of());
        return Json.write(Map.of("setup", setup));
    }

    private static Map<String, Object> tool(ToolSpec spec) {
        return Map.of(
                "name",
                spec.name(),
                "description",
                spec.description(),
                // Its "parameters" know only a part of JSON Schema.
                "parametersJsonSchema",
                ModelJson.object(spec.parametersJsonSchema()).orElse(Map.of("type", "object")));
    }

    static String audio(String base64) {
        return "{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=" + INPUT_RATE_HZ + "\",\"data\":\""
                + base64 + "\"}}}";
    }

    /** Something that is asked for without the person having spoken. */
    static String ask(Prompt prompt) {
        String text = switch (prompt) {
            case Prompt.Answer answer -> "[Go on.]";
            case Prompt.Direction direction -> direction.text();
            case Prompt.Exactly exactly ->
                "[Say exactly these words, and nothing before or after them: " + exactly.words() + "]";
        };
        return Json.write(Map.of(
                "clientContent",
                Map.of(
                        "turns",
                        List.of(Map.of("role", "user", "parts", List.of(Map.of("text", text)))),
                        "turnComplete",
                        true)));
    }

    static String toolResult(ToolCall call, String output) {
        return Json.write(Map.of(
                "toolResponse",
                Map.of(
                        "functionResponses",
                        List.of(Map.of("id", call.id(), "name", call.name(), "response", Map.of("output", output))))));
    }
}
