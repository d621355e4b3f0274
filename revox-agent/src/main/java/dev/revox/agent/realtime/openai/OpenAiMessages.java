package dev.revox.agent.realtime.openai;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.RealtimeModel.SessionRequest;
import dev.revox.media.MediaFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said to the Realtime API.
 *
 * <p>An {@code event_id} names what an error is about: {@code r7} the response 7, {@code c3} the commit of turn 3; nothing else that
 * fails is of any consequence.
 *
 * <p><b>Thread:</b> Immutable.
 */
record OpenAiMessages(SessionRequest request, String transcriber, Optional<String> language) {

    String begin(MediaFormat output) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("type", "realtime");
        session.put("instructions", request.instructions());
        session.put("output_modalities", List.of("audio"));
        session.put("audio", audio(MediaFormat.pcm(24_000), Optional.of(output), true));
        session.put("tools", request.tools().stream().map(OpenAiMessages::tool).toList());
        session.put("tool_choice", "auto");
        return Json.write(Map.of("type", "session.update", "session", session));
    }

    String formats(MediaFormat input, Optional<MediaFormat> output) {
        return Json.write(Map.of(
                "type", "session.update", "session", Map.of("type", "realtime", "audio", audio(input, output, false))));
    }

    private Map<String, Object> audio(MediaFormat input, Optional<MediaFormat> output, boolean withVoice) {
        Map<String, Object> transcription = new LinkedHashMap<>();
        transcription.put("model", transcriber);
        language.ifPresent(code -> transcription.put("language", code));
        Map<String, Object> in = new LinkedHashMap<>();
        in.put("format", format(input));
        in.put("turn_detection", null);
        in.put("transcription", transcription);
        Map<String, Object> audio = new LinkedHashMap<>();
        audio.put("input", in);
        output.ifPresent(wanted -> {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("format", format(wanted));
            // A voice can only be chosen before anything was said.
            request.voice().filter(voice -> withVoice).ifPresent(voice -> out.put("voice", voice));
            audio.put("output", out);
        });
        return audio;
    }

    private static Map<String, Object> format(MediaFormat format) {
        return switch (format.encoding()) {
            case PCM_S16 -> Map.of("type", "audio/pcm", "rate", format.sampleRateHz());
            case PCMU -> Map.of("type", "audio/pcmu");
            case PCMA -> Map.of("type", "audio/pcma");
        };
    }

    private static Map<String, Object> tool(ToolSpec spec) {
        return Map.of(
                "type",
                "function",
                "name",
                spec.name(),
                "description",
                spec.description(),
                "parameters",
                ModelJson.object(spec.parametersJsonSchema()).orElse(Map.of("type", "object")));
    }

    static String clear() {
        return "{\"type\":\"input_audio_buffer.clear\"}";
    }

    static String append(String base64) {
        return "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + base64 + "\"}";
    }

    static String commit(int turn) {
        return Json.write(Map.of("type", "input_audio_buffer.commit", "event_id", "c" + turn));
    }

    String respond(int response, Prompt prompt) {
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("metadata", Map.of("n", Integer.toString(response)));
        switch (prompt) {
            case Prompt.Answer answer -> {}
            case Prompt.Direction direction -> {
                how.put("instructions", request.instructions() + "\n\n" + direction.text());
                how.put("tool_choice", "none");
            }
            case Prompt.Exactly exactly -> {
                how.put(
                        "instructions",
                        "Say exactly these words, and nothing before or after them: " + exactly.words());
                how.put("tool_choice", "none");
            }
        }
        return Json.write(Map.of("type", "response.create", "event_id", "r" + response, "response", how));
    }

    static String cancel(String responseId) {
        return Json.write(Map.of("type", "response.cancel", "response_id", responseId));
    }

    static String truncate(String item, long heardMillis) {
        return Json.write(Map.of(
                "type",
                "conversation.item.truncate",
                "item_id",
                item,
                "content_index",
                0,
                "audio_end_ms",
                heardMillis));
    }

    static String toolResult(ToolCall call, String output) {
        return Json.write(Map.of(
                "type",
                "conversation.item.create",
                "item",
                Map.of("type", "function_call_output", "call_id", call.id(), "output", output)));
    }

    @Override
    public String toString() {
        return "OpenAiMessages[" + request + "]";
    }
}
