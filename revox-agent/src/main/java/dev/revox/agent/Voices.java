package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.speech.VoiceChoice;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.cache.SpeechCache;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The voices of an agent. <b>Thread:</b> Immutable. */
final class Voices {

    private final Map<VoiceProvider, TextToSpeech> synthesisers;
    private final Optional<SpeechCache> cache;
    private final Optional<Voice> defaultVoice;
    private final List<VoiceChoice> fallbacks;

    Voices(
            Map<VoiceProvider, TextToSpeech> synthesisers,
            Optional<SpeechCache> cache,
            Optional<Voice> defaultVoice,
            List<Voice> fallbacks) {
        this.synthesisers = Map.copyOf(synthesisers);
        this.cache = cache;
        this.defaultVoice = defaultVoice;
        this.fallbacks =
                fallbacks.stream().map(voice -> choice("fallbackVoice", voice)).toList();
        defaultVoice.ifPresent(voice -> choice("defaultVoice", voice));
    }

    /** The voice of an assistant, then those that take over from it. */
    List<VoiceChoice> forAssistant(Optional<Voice> wanted) {
        Voice first = wanted.or(() -> defaultVoice)
                .orElseThrow(() -> new RevoxException(
                        "assistant.voice: none given and the agent has no default;"
                                + " set one, or call VoiceAgents.builder().defaultVoice(...)",
                        false));
        List<VoiceChoice> choices = new ArrayList<>();
        choices.add(choice("assistant.voice", first));
        choices.addAll(fallbacks);
        return choices;
    }

    /** The same for the few words that a model with a voice of its own cannot say; none when there is no voice at all. */
    List<VoiceChoice> lastResort(Optional<Voice> wanted) {
        List<VoiceChoice> choices = new ArrayList<>();
        wanted.filter(voice -> synthesisers.containsKey(voice.provider()))
                .or(() -> defaultVoice)
                .ifPresent(voice -> choices.add(choice("assistant.voice", voice)));
        choices.addAll(fallbacks);
        return choices;
    }

    Collection<TextToSpeech> synthesisers() {
        return synthesisers.values();
    }

    private VoiceChoice choice(String field, Voice voice) {
        TextToSpeech provider = synthesisers.get(voice.provider());
        if (provider == null) {
            throw new RevoxException(
                    field + ": no speech provider for " + voice.provider().wireName()
                            + "; call VoiceAgents.builder().textToSpeech(VoiceProvider." + voice.provider() + ", ...)",
                    false);
        }
        return new VoiceChoice(
                provider, cache.map(memory -> memory.before(provider)).orElse(provider), voice);
    }
}
