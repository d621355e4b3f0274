package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.llm.openai.OpenAiModels;
import dev.revox.agent.llm.openai.UrlPolicy;
import dev.revox.agent.realtime.gemini.GeminiLive;
import dev.revox.agent.realtime.openai.OpenAiRealtime;
import dev.revox.agent.stt.deepgram.DeepgramTranscription;
import dev.revox.agent.stt.openai.OpenAiTranscription;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech;
import dev.revox.agent.tts.openai.OpenAiSpeech;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.LlmModel.RealtimeProvider;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.secret.Secret;
import dev.revox.time.SystemTime;
import dev.revox.time.TimeSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The providers that come with Revox and need nothing but a key. What the host has set itself stays first.
 *
 * <p><b>Thread:</b> Confined to its builder.
 */
final class HostedProviders {

    private Optional<Secret> openAi = Optional.empty();
    private Optional<Secret> openRouter = Optional.empty();
    private Optional<Secret> google = Optional.empty();
    private Optional<Secret> deepgram = Optional.empty();
    private Optional<Secret> cartesia = Optional.empty();
    private Optional<Secret> elevenLabs = Optional.empty();

    // An assistant may come from a stranger, so where its model lives is not taken on trust.
    private UrlPolicy customUrls = url -> {
        throw new RevoxException(
                "llm_model: custom endpoints are not allowed; call VoiceAgents.builder().customModelUrls(...)", false);
    };

    void openAi(Secret key) {
        openAi = Optional.of(key);
    }

    void openRouter(Secret key) {
        openRouter = Optional.of(key);
    }

    void google(Secret key) {
        google = Optional.of(key);
    }

    void deepgram(Secret key) {
        deepgram = Optional.of(key);
    }

    void cartesia(Secret key) {
        cartesia = Optional.of(key);
    }

    void elevenLabs(Secret key) {
        elevenLabs = Optional.of(key);
    }

    void customUrls(UrlPolicy policy) {
        customUrls = policy;
    }

    /** Makes what there are keys for, and has it closed with the agent. */
    void addTo(VoiceAgents.Builder agent) {
        if (Stream.of(openAi, openRouter, google, deepgram, cartesia, elevenLabs)
                .allMatch(Optional::isEmpty)) {
            return;
        }
        SystemTime time = SystemTime.start();
        if (openAi.isPresent() || openRouter.isPresent()) {
            addModels(agent, time);
        }
        // Word by word is quicker than utterance by utterance, so it comes first.
        deepgram.ifPresent(key -> agent.speechToText(agent.owning(
                DeepgramTranscription.builder().apiKey(key).time(time).build())));
        openAi.ifPresent(key -> {
            agent.speechToText(agent.owning(
                    OpenAiTranscription.builder().apiKey(key).time(time).build()));
            agent.textToSpeechUnlessSet(
                    VoiceProvider.OPENAI,
                    agent.owning(OpenAiSpeech.builder().apiKey(key).time(time).build()));
            agent.defaultVoiceUnlessSet(Voice.of(VoiceProvider.OPENAI, "alloy"));
            agent.realtimeModelUnlessSet(
                    RealtimeProvider.OPENAI,
                    agent.owning(OpenAiRealtime.builder().apiKey(key).time(time).build()));
        });
        google.ifPresent(key -> agent.realtimeModelUnlessSet(
                RealtimeProvider.GOOGLE,
                agent.owning(GeminiLive.builder().apiKey(key).time(time).build())));
        cartesia.ifPresent(key -> agent.textToSpeechUnlessSet(
                VoiceProvider.CARTESIA,
                agent.owning(CartesiaSpeech.builder().apiKey(key).time(time).build())));
        elevenLabs.ifPresent(key -> agent.textToSpeechUnlessSet(
                VoiceProvider.ELEVENLABS,
                agent.owning(ElevenLabsSpeech.builder().apiKey(key).time(time).build())));
        agent.closeWithAgent(time);
    }

    private void addModels(VoiceAgents.Builder agent, TimeSource time) {
        OpenAiModels.Builder builder =
                OpenAiModels.builder().customUrls(customUrls).time(time);
        openAi.ifPresent(builder::openAi);
        openRouter.ifPresent(builder::openRouter);
        OpenAiModels models = agent.owning(builder.build());
        agent.languageModelsUnlessSet(models::model);
        if (openAi.isPresent()) {
            agent.languageModel(models.model(LlmModel.Dedicated.GPT_4_1));
        }
    }
}
