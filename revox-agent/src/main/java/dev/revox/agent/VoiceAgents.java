package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.Voice;
import dev.revox.assistant.VoiceProvider;
import dev.revox.conversation.VoiceAgent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        private TurnSettings turnSettings = TurnSettings.DEFAULT;
        private Deadlines deadlines = Deadlines.DEFAULT;
        private Phrases phrases = Phrases.ENGLISH;
        private boolean phoneRules = true;

        private Builder() {}

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

        /** Leaves the rules for phone talk out of the prompt. */
        public Builder withoutPhoneRules() {
            phoneRules = false;
            return this;
        }

        /** Something to be closed with the agent: a provider's connections or threads. */
        public Builder closeWithAgent(AutoCloseable resource) {
            owned.add(resource);
            return this;
        }

        public VoiceAgent build() {
            if (languageModels.isEmpty() && resolver.isEmpty()) {
                throw missing("languageModel", "languageModel(...) or languageModels(...)");
            }
            if (recognisers.isEmpty()) {
                throw missing("speechToText", "speechToText(...)");
            }
            if (synthesisers.isEmpty()) {
                throw missing("textToSpeech", "textToSpeech(...)");
            }
            Voices voices = new Voices(synthesisers, defaultVoice, fallbackVoices);
            Models models = new Models(languageModels, resolver);
            return new CascadedAgent(models, recognisers, voices, turnSettings, deadlines, phrases, phoneRules, owned);
        }

        private static RevoxException missing(String what, String remedy) {
            return new RevoxException("VoiceAgents: no " + what + " given; call " + remedy + " before build()", false);
        }
    }
}
