package dev.revox.assistant.sound;

import java.util.Optional;

/**
 * The agent's voice.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param speed 1.0 when absent; Cartesia 0.6-1.5, ElevenLabs 0.7-1.2
 * @param volume 1.0 when absent; 0.5-2.0, has effect at Cartesia only
 */
public record Voice(String id, VoiceProvider provider, Optional<Double> speed, Optional<Double> volume) {

    public static Voice of(VoiceProvider provider, String id) {
        return new Voice(id, provider, Optional.empty(), Optional.empty());
    }
}
