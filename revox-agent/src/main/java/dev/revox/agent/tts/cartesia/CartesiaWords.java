package dev.revox.agent.tts.cartesia;

import dev.revox.agent.json.Json;
import dev.revox.assistant.sound.Voice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What we say to Cartesia.
 *
 * <p><b>Spec:</b> Cartesia's TTS WebSocket API. <b>Thread:</b> Immutable.
 */
record CartesiaWords(String model, Optional<String> language, int sampleRateHz) {

    // The provider waits this long for more text before it speaks what it has; ours comes in clauses.
    private static final int BUFFER_MS = 100;

    String speak(String contextId, Voice voice, String transcript, boolean more) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("model_id", model);
        message.put("transcript", transcript);
        message.put("voice", Map.of("mode", "id", "id", voice.id()));
        language.ifPresent(code -> message.put("language", code));
        message.put("context_id", contextId);
        message.put("output_format", Map.of("container", "raw", "encoding", "pcm_s16le", "sample_rate", sampleRateHz));
        message.put("add_timestamps", true);
        message.put("max_buffer_delay_ms", BUFFER_MS);
        message.put("continue", more);
        Map<String, Object> manner = new LinkedHashMap<>();
        voice.speed().ifPresent(speed -> manner.put("speed", speed));
        voice.volume().ifPresent(volume -> manner.put("volume", volume));
        if (!manner.isEmpty()) {
            message.put("generation_config", manner);
        }
        return Json.write(message);
    }

    static String cancel(String contextId) {
        return Json.write(Map.of("context_id", contextId, "cancel", true));
    }
}
