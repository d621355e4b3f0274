package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.Heard;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.attempt.CallAttempt;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.socket.CartesiaServer;
import dev.revox.testkit.provider.socket.ElevenLabsServer;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.SystemTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole calls whose voice comes over the streaming protocols of Cartesia and ElevenLabs. */
class VoiceProvidersLoopbackIT {

    private static final Secret KEY = Secret.of("voice-key");
    private static final String ANSWER = "Yes, you can park for free behind the building.";

    @TempDir
    Path folder;

    private final SystemTime time = SystemTime.start();
    private final CartesiaServer cartesia = CartesiaServer.start(time, KEY, ClipVoice.of(ClipSet.agent()));
    private final ElevenLabsServer elevenLabs = ElevenLabsServer.start(time, KEY, ClipVoice.of(ClipSet.agent()));

    @AfterEach
    void stop_the_servers() {
        cartesia.close();
        elevenLabs.close();
        time.close();
    }

    @Test
    void cartesia_speaks() {
        assertThat(talk(VoiceProvider.CARTESIA)).contains("Hi Dana! This is Ada from the Riverside Clinic.", ANSWER);
        assertThat(String.join(" ", cartesia.inputs())).contains("park for free");
    }

    @Test
    void elevenlabs_speaks() {
        assertThat(talk(VoiceProvider.ELEVENLABS)).contains("Hi Dana! This is Ada from the Riverside Clinic.", ANSWER);
        assertThat(String.join(" ", elevenLabs.inputs())).contains("park for free");
    }

    @Test
    void elevenlabs_takes_over_from_a_cartesia_that_falls_silent_in_mid_sentence() {
        cartesia.failAlways(Optional.of(new Fault.StallAfter(3)));

        List<String> heard = talk(VoiceProvider.CARTESIA);

        assertThat(String.join(" ", heard)).contains("park for free behind the building");
        assertThat(elevenLabs.inputs()).isNotEmpty();
    }

    private List<String> talk(VoiceProvider voice) {
        CartesiaSpeech overCartesia = CartesiaSpeech.builder()
                .time(time)
                .apiKey(KEY)
                .baseUrl(cartesia.baseUrl())
                .build();
        ElevenLabsSpeech overElevenLabs = ElevenLabsSpeech.builder()
                .time(time)
                .apiKey(KEY)
                .baseUrl(elevenLabs.baseUrl())
                .build();
        Options voices = Options.NONE.agent(agent -> agent.textToSpeech(VoiceProvider.CARTESIA, overCartesia)
                .textToSpeech(VoiceProvider.ELEVENLABS, overElevenLabs)
                .fallbackVoice(Voice.of(VoiceProvider.ELEVENLABS, "ada"))
                .closeWithAgent(overCartesia)
                .closeWithAgent(overElevenLabs));
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder, SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("phone"), voices)) {
            CallAttempt attempt = world.call(CallOrder.to(AcceptanceWorld.NUMBER)
                            .forceNow()
                            .assistant(AcceptanceWorld.ada().toBuilder()
                                    .voice(Voice.of(voice, "ada"))
                                    .build())
                            .variable("name", "Dana")
                            .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                            .build())
                    .row()
                    .attempt();
            assertThat(Heard.agentTurns(attempt)).contains(ANSWER);
            return Heard.sentences(phone.calls().getFirst().heard(), ClipSet.agent());
        }
    }
}
