package dev.revox.assistant.sound;

/** Who speaks. {@code OPENAI} is beyond the call API's page: any endpoint that speaks OpenAI's audio/speech. */
public enum VoiceProvider {
    CARTESIA("cartesia"),
    ELEVENLABS("elevenlabs"),
    OPENAI("openai");

    private final String wireName;

    VoiceProvider(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
