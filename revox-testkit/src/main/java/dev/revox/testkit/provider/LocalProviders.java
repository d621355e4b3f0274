package dev.revox.testkit.provider;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.stt.openai.OpenAiTranscription;
import dev.revox.agent.tts.openai.OpenAiSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.time.Duration;

/**
 * A language model, a voice and a recogniser on loopback, each a server that speaks its provider's protocol, and the agent that
 * uses them.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class LocalProviders implements AutoCloseable {

    /** How soon the model says its first token. */
    public static final Duration FIRST_TOKEN = Duration.ofMillis(120);

    private static final Duration TOKEN_PACE = Duration.ofMillis(8);
    private static final Duration FIRST_SOUND = Duration.ofMillis(80);
    private static final Duration SOUND_PACE = Duration.ofMillis(20);

    private final TimeSource time;
    private final Secret key;
    private final ChatCompletionsServer model;
    private final SpeechServer voice;
    private final TranscriptionServer ear;

    private LocalProviders(TimeSource time, Secret key, ChatScript script, Speaker speaker, Recogniser recogniser) {
        this.time = time;
        this.key = key;
        model = ChatCompletionsServer.builder()
                .time(time)
                .key(key)
                .script(script)
                .firstToken(FIRST_TOKEN)
                .tokenPace(TOKEN_PACE)
                .start();
        voice = SpeechServer.builder()
                .time(time)
                .key(key)
                .speaker(speaker)
                .firstPiece(FIRST_SOUND)
                .pace(SOUND_PACE)
                .start();
        ear = TranscriptionServer.builder()
                .time(time)
                .key(key)
                .recogniser(recogniser)
                .start();
    }

    /**
     * Starts the servers.
     *
     * @param key what clients must show
     */
    public static LocalProviders start(
            TimeSource time, Secret key, ChatScript script, Speaker speaker, Recogniser recogniser) {
        return new LocalProviders(time, key, script, speaker, recogniser);
    }

    public ChatCompletionsServer model() {
        return model;
    }

    public SpeechServer voice() {
        return voice;
    }

    public TranscriptionServer ear() {
        return ear;
    }

    /** An agent builder with the three providers in it, showing the right key. */
    public VoiceAgents.Builder agent() {
        return agent(key);
    }

    /** An agent builder with the three providers in it, whose language model shows another key. */
    public VoiceAgents.Builder agent(Secret modelKey) {
        OpenAiChatModel llm = OpenAiChatModel.builder()
                .time(time)
                .apiKey(modelKey)
                .model("gpt-4.1")
                .baseUrl(model.baseUrl())
                .build();
        OpenAiTranscription stt = OpenAiTranscription.builder()
                .time(time)
                .apiKey(key)
                .language("en")
                .baseUrl(ear.baseUrl())
                .build();
        OpenAiSpeech tts = OpenAiSpeech.builder()
                .time(time)
                .apiKey(key)
                .baseUrl(voice.baseUrl())
                .build();
        return VoiceAgents.builder()
                .languageModel(llm)
                .speechToText(stt)
                .textToSpeech(VoiceProvider.OPENAI, tts)
                .defaultVoice(Voice.of(VoiceProvider.OPENAI, "ada"))
                .closeWithAgent(llm)
                .closeWithAgent(stt)
                .closeWithAgent(tts);
    }

    @Override
    public void close() {
        model.close();
        voice.close();
        ear.close();
    }
}
