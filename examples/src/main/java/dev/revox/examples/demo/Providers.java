package dev.revox.examples.demo;

import dev.revox.agent.VoiceAgents;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.VoiceAgent;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.LocalProviders;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.TimeSource;
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

    private final TimeSource time;
    private final DemoSettings settings;
    private Optional<LocalProviders> servers = Optional.empty();

    Providers(DemoSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    VoiceAgent agent() {
        return settings.openAiKey().map(key -> real(Secret.of(key))).orElseGet(this::local);
    }

    private VoiceAgent local() {
        LocalProviders local = LocalProviders.start(
                time,
                Secret.of("local-key"),
                new Ada(),
                ClipVoice.of(ClipSet.agent()),
                PhraseRecogniser.of(ClipSet.caller()));
        servers = Optional.of(local);
        return local.agent().build();
    }

    // The voice with a key of its own speaks; the others take over when it fails.
    private VoiceAgent real(Secret openAiKey) {
        VoiceAgents.Builder agents = VoiceAgents.builder().openAi(openAiKey);
        List<Voice> voices = new ArrayList<>();
        settings.cartesia().ifPresent(given -> {
            agents.cartesia(Secret.of(given.key()));
            voices.add(Voice.of(VoiceProvider.CARTESIA, given.voice()));
        });
        settings.elevenLabs().ifPresent(given -> {
            agents.elevenLabs(Secret.of(given.key()));
            voices.add(Voice.of(VoiceProvider.ELEVENLABS, given.voice()));
        });
        voices.add(Voice.of(VoiceProvider.OPENAI, "alloy"));
        agents.defaultVoice(voices.getFirst());
        voices.stream().skip(1).forEach(agents::fallbackVoice);
        return agents.build();
    }

    @Override
    public void close() {
        servers.ifPresent(LocalProviders::close);
    }
}
