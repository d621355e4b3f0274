package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.dialogue.ContextSettings;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.openai.UrlPolicy;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.realtime.RealtimeDeadlines;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolSettings;
import dev.revox.agent.tool.ToolSource;
import dev.revox.agent.tool.host.JavaTool;
import dev.revox.agent.tool.host.ToolFunction;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.cache.SpeechCache;
import dev.revox.agent.tts.cache.SpeechCacheSettings;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.LlmModel.RealtimeProvider;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.audio.turn.EndOfTurnModel;
import dev.revox.conversation.VoiceAgent;
import dev.revox.http.OutgoingHttp;
import dev.revox.secret.Secret;
import dev.revox.time.SystemTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Where a host gets its voice agent. */
public final class VoiceAgents {

    private VoiceAgents() {}

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects providers and settings. Where several of a kind are given, the first is used and the others take over when it
     * fails.
     *
     * <p><b>Thread:</b> confined to its caller.
     */
    public static final class Builder {

        private final List<LanguageModel> languageModels = new ArrayList<>();
        private final List<SpeechToText> recognisers = new ArrayList<>();
        private final Map<VoiceProvider, TextToSpeech> synthesisers = new EnumMap<>(VoiceProvider.class);
        private final List<Voice> fallbackVoices = new ArrayList<>();
        private final List<AutoCloseable> owned = new ArrayList<>();
        private Optional<LanguageModels> resolver = Optional.empty();
        private Optional<Voice> defaultVoice = Optional.empty();
        private final Map<RealtimeProvider, RealtimeModel> realtimeModels = new EnumMap<>(RealtimeProvider.class);
        private RealtimeDeadlines realtimeDeadlines = RealtimeDeadlines.DEFAULT;
        private Optional<EndOfTurnModel> endOfTurn = Optional.empty();
        private TurnSettings turnSettings = TurnSettings.DEFAULT;
        private Deadlines deadlines = Deadlines.DEFAULT;
        private Phrases phrases = Phrases.ENGLISH;
        private SpeechCacheSettings speechCache = SpeechCacheSettings.DEFAULT;
        private boolean phoneRules = true;
        private ContextSettings context = ContextSettings.DEFAULT;
        private final Tools.Builder tools = new Tools.Builder();
        private final HostedProviders hosted = new HostedProviders();

        private Builder() {}

        /**
         * OpenAI for everything that is not set otherwise: gpt-4.1, transcription, speech with the voice alloy, and realtime models.
         */
        public Builder openAi(Secret key) {
            hosted.openAi(key);
            return this;
        }

        /** Models behind OpenRouter, for assistants that name one. */
        public Builder openRouter(Secret key) {
            hosted.openRouter(key);
            return this;
        }

        /** Google's realtime models, for assistants that name one. */
        public Builder google(Secret key) {
            hosted.google(key);
            return this;
        }

        /** Deepgram for what the person says, word by word; what OpenAI is also given a key for takes over when it fails. */
        public Builder deepgram(Secret key) {
            hosted.deepgram(key);
            return this;
        }

        /** Cartesia for the voices that name it. */
        public Builder cartesia(Secret key) {
            hosted.cartesia(key);
            return this;
        }

        /** ElevenLabs for the voices that name it. */
        public Builder elevenLabs(Secret key) {
            hosted.elevenLabs(key);
            return this;
        }

        /** Allows assistants to bring a model endpoint of their own, as far as this policy goes. Without it none may. */
        public Builder customModelUrls(UrlPolicy policy) {
            hosted.customUrls(policy);
            return this;
        }

        /** Adds a language model: the default for assistants that name none, and the fallback for those that do. */
        public Builder languageModel(LanguageModel model) {
            languageModels.add(model);
            return this;
        }

        /** Sets who finds the models that assistants and orders name. */
        public Builder languageModels(LanguageModels models) {
            resolver = Optional.of(models);
            return this;
        }

        /** Adds a recogniser. */
        public Builder speechToText(SpeechToText recogniser) {
            recognisers.add(recogniser);
            return this;
        }

        /** Sets whose models hear and speak themselves for assistants that name this provider. */
        public Builder realtimeModel(RealtimeProvider provider, RealtimeModel model) {
            realtimeModels.put(provider, model);
            return this;
        }

        /** How long a call waits for models that hear and speak themselves. */
        public Builder realtimeDeadlines(RealtimeDeadlines values) {
            realtimeDeadlines = values;
            return this;
        }

        /** Sets who speaks for a provider that a {@link Voice} may name. */
        public Builder textToSpeech(VoiceProvider provider, TextToSpeech synthesiser) {
            synthesisers.put(provider, synthesiser);
            return this;
        }

        /** The voice of assistants that name none. */
        public Builder defaultVoice(Voice voice) {
            defaultVoice = Optional.of(voice);
            return this;
        }

        /** Adds a voice that takes over when the provider of the ones before it fails. */
        public Builder fallbackVoice(Voice voice) {
            fallbackVoices.add(voice);
            return this;
        }

        /**
         * Asks a network at each pause whether the turn sounds finished, such as {@link dev.revox.audio.turn.SmartTurn}; without one
         * the words and this caller's pauses decide. For models that take text; realtime models judge turns themselves. It is
         * closed with the agent.
         */
        public Builder endOfTurnModel(EndOfTurnModel model) {
            endOfTurn = Optional.of(owning(model));
            return this;
        }

        /** How patient the agent is. */
        public Builder settings(TurnSettings settings) {
            turnSettings = settings;
            return this;
        }

        /** How long it waits for its providers. */
        public Builder deadlines(Deadlines values) {
            deadlines = values;
            return this;
        }

        /** What it says when no model can say it. */
        public Builder phrases(Phrases values) {
            phrases = values;
            return this;
        }

        /** How much sound of first sentences and other fixed texts is kept, so that not every call pays for it. */
        public Builder speechCache(SpeechCacheSettings values) {
            speechCache = values;
            return this;
        }

        /** Leaves the rules for phone talk out of the prompt. */
        public Builder withoutPhoneRules() {
            phoneRules = false;
            return this;
        }

        /** How much of a long call the language model is told. */
        public Builder context(ContextSettings values) {
            context = values;
            return this;
        }

        /** Adds a tool that the model may call in every call of this agent. */
        public Builder tool(Tool tool) {
            tools.add(tool);
            return this;
        }

        /**
         * Adds a Java method as a tool.
         *
         * @param arguments a record; the model is told its components, and {@link
         *     dev.revox.agent.tool.host.Description} says what they mean
         * @see JavaTool
         */
        public <A extends Record> Builder tool(
                String name, String description, Class<A> arguments, ToolFunction<? super A> function) {
            return tool(JavaTool.of(name, description, arguments, function));
        }

        /** Adds the tools of a server, such as {@link dev.revox.agent.tool.mcp.McpTools}. It is closed with the agent. */
        public Builder tools(ToolSource source) {
            tools.add(owning(source));
            return this;
        }

        /**
         * Who sends the requests of HTTP tools. Without it a client whose guard lets nothing into private networks; give one that
         * allows hosts by name where the endpoints are inside.
         */
        public Builder toolHttp(OutgoingHttp client) {
            tools.http(client);
            return this;
        }

        /** How long a call waits for its tools, and how many it may call. */
        public Builder toolSettings(ToolSettings values) {
            tools.settings(values);
            return this;
        }

        /** Runs tool calls, which may block; a virtual thread each when left out. */
        public Builder toolExecutor(Executor executor) {
            tools.executor(executor);
            return this;
        }

        /** Something to be closed with the agent: a provider's connections or threads. */
        public Builder closeWithAgent(AutoCloseable resource) {
            owned.add(resource);
            return this;
        }

        <R extends AutoCloseable> R owning(R resource) {
            owned.add(resource);
            return resource;
        }

        void textToSpeechUnlessSet(VoiceProvider provider, TextToSpeech synthesiser) {
            synthesisers.putIfAbsent(provider, synthesiser);
        }

        void realtimeModelUnlessSet(RealtimeProvider provider, RealtimeModel model) {
            realtimeModels.putIfAbsent(provider, model);
        }

        void languageModelsUnlessSet(LanguageModels models) {
            resolver = resolver.or(() -> Optional.of(models));
        }

        void defaultVoiceUnlessSet(Voice voice) {
            defaultVoice = defaultVoice.or(() -> Optional.of(voice));
        }

        /** Makes the agent. Called once. */
        public VoiceAgent build() {
            hosted.addTo(this);
            boolean realtimeOnly = !realtimeModels.isEmpty() && synthesisers.isEmpty();
            if (languageModels.isEmpty() && resolver.isEmpty() && !realtimeOnly) {
                throw missing("languageModel", "languageModel(...) or languageModels(...)");
            }
            if (recognisers.isEmpty() && !realtimeOnly) {
                throw missing("speechToText", "speechToText(...)");
            }
            if (synthesisers.isEmpty() && !realtimeOnly) {
                throw missing("textToSpeech", "textToSpeech(...)");
            }
            Voices voices = new Voices(synthesisers, openSpeechCache(), defaultVoice, fallbackVoices);
            Models models = new Models(languageModels, resolver);
            return new HostedAgent(
                    models,
                    new RealtimeModels(realtimeModels, realtimeDeadlines),
                    recognisers,
                    voices,
                    turnSettings,
                    deadlines,
                    phrases,
                    phoneRules,
                    context,
                    tools.build(this),
                    endOfTurn,
                    owned);
        }

        private Optional<SpeechCache> openSpeechCache() {
            if (speechCache.isOff() || synthesisers.isEmpty()) {
                return Optional.empty();
            }
            SystemTime time = SystemTime.start();
            SpeechCache cache = owning(SpeechCache.of(speechCache, time));
            closeWithAgent(time);
            return Optional.of(cache);
        }

        private static RevoxException missing(String what, String remedy) {
            return new RevoxException("VoiceAgents: no " + what + " given; call " + remedy + " before build()", false);
        }
    }
}
