package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.Heard;
import dev.revox.agent.realtime.openai.OpenAiRealtime;
import dev.revox.assistant.LlmModel.RealtimeProvider;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.order.OrderKey;
import dev.revox.sip.SipTrunk;
import dev.revox.store.StoredAttempt;
import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.phone.codec.G711;
import dev.revox.testkit.phone.rtp.WireSound;
import dev.revox.testkit.provider.Recogniser;
import dev.revox.testkit.provider.Speaker;
import dev.revox.testkit.provider.realtime.OpenAiRealtimeServer;
import dev.revox.testkit.provider.realtime.RealtimeScript;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealtimeCallLoopbackIT {

    private static final Duration FIRST_SOUND = Duration.ofMillis(150);
    private static final Duration SOUND_PACE = Duration.ofMillis(20);

    @TempDir
    Path folder;

    @Test
    void an_order_in_json_is_held_by_a_realtime_model_over_sip() throws Exception {
        List<short[]> heard = new CopyOnWriteArrayList<>();
        List<short[]> spoken = new CopyOnWriteArrayList<>();
        try (SystemTime time = SystemTime.start();
                OpenAiRealtimeServer server = OpenAiRealtimeServer.start(
                        time,
                        AcceptanceWorld.KEY,
                        RealtimeCallLoopbackIT::answer,
                        hearing(heard),
                        speaking(spoken),
                        FIRST_SOUND,
                        SOUND_PACE);
                OpenAiRealtime model = OpenAiRealtime.builder()
                        .time(time)
                        .apiKey(AcceptanceWorld.KEY)
                        .baseUrl(server.baseUrl())
                        .build();
                TestPhone phone = TestPhone.answering(0)
                        .ringFor(Duration.ofMillis(200))
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        SipTrunk.of("sip:127.0.0.1:" + phone.port()),
                        Options.NONE.agent(agent -> agent.realtimeModel(RealtimeProvider.OPENAI, model)))) {

            var handle = world.engine().placeJson(order());
            OrderKey key = handle.key();
            CallAttempt attempt = handle.report()
                    .get(AcceptanceWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .attempts()
                    .getFirst();

            assertThat(Heard.userTurns(attempt))
                    .containsExactly("Is there any parking near the clinic?", "No that is all thank you goodbye.");
            assertThat(Heard.agentTurns(attempt))
                    .containsExactly(
                            "Hi Dana! This is Ada from the Riverside Clinic.",
                            "Yes, you can park for free behind the building.",
                            "Thank you Dana.");
            assertThat(attempt.result()).contains(AnsweredBy.HUMAN);
            assertThat(attempt.endedBy()).contains(EndedBy.AGENT);
            assertThat(attempt.endReason()).contains(EndReason.TOOL_END_CALL);
            assertThat(Heard.sentences(phone.calls().getFirst().heard(), ClipSet.agent()))
                    .hasSize(3);
            StoredAttempt row = world.engine().attempts(key).getFirst();
            assertThat(row.turns()).hasSize(2);
            assertThat(row.turns()).allSatisfy(turn -> assertThat(turn.stages()).containsKey(Milestone.PROVIDER));
            assertThat(server.updates().getLast()).contains("audio/pcmu").doesNotContain("24000");
            assertThat(server.updates().getFirst()).contains("\"voice\":\"marin\"");
            PhoneCall call = phone.calls().getFirst();
            assertThat(heard).hasSize(2);
            heard.forEach(pcm -> octet_for_octet(pcm, call.saidOnWire()));
            // The first sentence was made while it rang, when nobody knew the line's law yet.
            spoken.subList(1, 3).forEach(pcm -> octet_for_octet(pcm, call.heardOnWire()));
        }
    }

    /** G.711 passes through: the same octets, so the same samples, on both sides of us. */
    private static void octet_for_octet(short[] atTheModel, WireSound onTheWire) {
        short[] wire = asOctets(onTheWire.sound().pcm());
        int length = atTheModel.length;
        assertThat(IntStream.rangeClosed(0, wire.length - length)
                        .anyMatch(from -> Arrays.equals(wire, from, from + length, atTheModel, 0, length)))
                .isTrue();
    }

    private static Recogniser hearing(List<short[]> heard) {
        PhraseRecogniser recogniser = PhraseRecogniser.of(ClipSet.caller());
        return (pcm, rateHz) -> {
            heard.add(pcm.clone());
            return recogniser.recognise(pcm, rateHz);
        };
    }

    private static Speaker speaking(List<short[]> spoken) {
        ClipVoice voice = ClipVoice.of(ClipSet.agent());
        return (text, rateHz) -> {
            short[] pcm = voice.speak(text, rateHz);
            spoken.add(asOctets(pcm));
            return pcm;
        };
    }

    private static short[] asOctets(short[] pcm) {
        short[] coded = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            coded[i] = G711.PCMU.decode(G711.PCMU.encode(pcm[i]));
        }
        return coded;
    }

    private static RealtimeScript.Answer answer(String said, Optional<String> direction) {
        if (direction.isPresent()) {
            String wanted = direction.get();
            return RealtimeScript.Answer.text(wanted.substring(wanted.indexOf(": ") + 2));
        }
        List<String> words = ClipSet.words(said);
        if (words.contains("goodbye")) {
            return new RealtimeScript.Answer(
                    "Thank you Dana.", Optional.of(new RealtimeScript.Call("end_call", "{\"reason\":\"settled\"}")));
        }
        return RealtimeScript.Answer.text(
                words.contains("parking")
                        ? "Yes, you can park for free behind the building."
                        : "I am sorry, I did not understand that.");
    }

    private static String order() {
        return """
                {"phone_number": "%s", "force_now": true,
                 "prompt_variables": {"name": "Dana"},
                 "assistant": {
                   "prompt": "You are Ada from the Riverside Clinic and talk to {{name}}.",
                   "first_sentence": "Hi {{name}}! This is Ada from the Riverside Clinic.",
                   "first_sentence_mode": "static",
                   "call_retry_config": {"max_retry_attempts": 1},
                   "llm_model": {"type": "realtime", "provider": "openai", "realtime_model_id": "gpt-realtime",
                     "realtime_voice_id": "marin"}}}
                """.formatted(AcceptanceWorld.NUMBER);
    }
}
