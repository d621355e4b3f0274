package dev.revox.agent.tts.cache;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;

/** What sound is kept under; a voice holds its speed and volume. <b>Thread:</b> Immutable. */
record CacheKey(TextToSpeech provider, Voice voice, String text) {

    /** Without the text, which may name a person. */
    @Override
    public String toString() {
        return "CacheKey[" + provider.name() + "]";
    }
}
