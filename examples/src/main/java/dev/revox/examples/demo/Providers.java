package dev.revox.examples.demo;

import dev.revox.RevoxException;
import dev.revox.agent.VoiceAgents;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.llm.openai.OpenAiModels;
import dev.revox.agent.stt.openai.OpenAiTranscription;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech;
import dev.revox.agent.tts.openai.OpenAiSpeech;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.VoiceAgent;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.ChatCompletionsServer;
import dev.revox.testkit.provider.SpeechServer;
import dev.revox.testkit.provider.TranscriptionServer;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who thinks, listens and speaks for the agent: real providers when there are keys, else servers on loopback that speak the
 * same protocols.
 *
 * <p><b>Thread:</b> Confined to the demo's main thread.
 */
final class Providers implements AutoCloseable {

    private static final Duration FIRST_TOKEN = Duration.ofMillis(120);
    private static final Duration TOKEN_PACE = Duration.ofMillis(8);
    private static final Duration FIRST_SOUND = Duration.ofMillis(80);
    private static final Duration SOUND_PACE = Duration.ofMillis(20);

    private final List<Runnable> closings = new ArrayList<>();
    private final TimeSource time;
    private final DemoSettings settings;

    Providers(DemoSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    VoiceAgent agent() {
        return settings.openAiKey().map(key -> real(Secret.of(key))).orElseGet(this::local);
    }

    private VoiceAgent local() {
        Secret key = Secret.of("local-key");
        ChatCompletionsServer model = ChatCompletionsServer.builder()
                .time(time)
                .key(key)
                .script(new Ada())
                .firstToken(FIRST_TOKEN)
                .tokenPace(TOKEN_PACE)
                .start();
        SpeechServer voice = SpeechServer.builder()
                .time(time)
                .key(key)
                .speaker(ClipVoice.of(ClipSet.agent()))
                .firstPiece(FIRST_SOUND)
                .pace(SOUND_PACE)
                .start();
        TranscriptionServer ear = TranscriptionServer.builder()
                .time(time)
                .key(key)
                .recogniser(PhraseRecogniser.of(ClipSet.caller()))
                .start();
        closings.addAll(List.of(model::close, voice::close, ear::close));
        return agent(
                key, Optional.of(model.baseUrl()), Optional.of(ear.baseUrl()), Optional.of(voice.baseUrl()), "ada");
    }

    private VoiceAgent real(Secret key) {
        return agent(key, Optional.empty(), Optional.empty(), Optional.empty(), "alloy");
    }

    private VoiceAgent agent(
            Secret key, Optional<URI> modelAt, Optional<URI> earAt, Optional<URI> voiceAt, String openAiVoice) {
        OpenAiModels models = OpenAiModels.builder()
                .time(time)
                .openAi(modelAt.orElse(OpenAiChatModel.OPENAI), key)
                .customUrls(url -> {
                    throw new RevoxException("the demo's assistant names no endpoint of its own", false);
                })
                .build();
        OpenAiTranscription.Builder ear =
                OpenAiTranscription.builder().time(time).apiKey(key).language("en");
        OpenAiSpeech.Builder voice = OpenAiSpeech.builder().time(time).apiKey(key);
        earAt.ifPresent(ear::baseUrl);
        voiceAt.ifPresent(voice::baseUrl);
        OpenAiTranscription stt = ear.build();
        OpenAiSpeech tts = voice.build();
        VoiceAgents.Builder agents = VoiceAgents.builder()
                .languageModel(models.model(LlmModel.Dedicated.GPT_4_1))
                .languageModels(models::model)
                .speechToText(stt)
                .textToSpeech(VoiceProvider.OPENAI, tts)
                .closeWithAgent(models)
                .closeWithAgent(stt)
                .closeWithAgent(tts);
        List<Voice> voices = new ArrayList<>();
        settings.cartesia().ifPresent(given -> voices.add(cartesia(given, agents)));
        settings.elevenLabs().ifPresent(given -> voices.add(elevenLabs(given, agents)));
        voices.add(Voice.of(VoiceProvider.OPENAI, openAiVoice));
        agents.defaultVoice(voices.getFirst());
        voices.stream().skip(1).forEach(agents::fallbackVoice);
        return agents.build();
    }

    private Voice cartesia(DemoSettings.KeyAndVoice given, VoiceAgents.Builder agents) {
        CartesiaSpeech speech = CartesiaSpeech.builder()
                .time(time)
                .apiKey(Secret.of(given.key()))
                .build();
        agents.textToSpeech(VoiceProvider.CARTESIA, speech).closeWithAgent(speech);
        return Voice.of(VoiceProvider.CARTESIA, given.voice());
    }

    private Voice elevenLabs(DemoSettings.KeyAndVoice given, VoiceAgents.Builder agents) {
        ElevenLabsSpeech speech = ElevenLabsSpeech.builder()
                .time(time)
                .apiKey(Secret.of(given.key()))
                .build();
        agents.textToSpeech(VoiceProvider.ELEVENLABS, speech).closeWithAgent(speech);
        return Voice.of(VoiceProvider.ELEVENLABS, given.voice());
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
