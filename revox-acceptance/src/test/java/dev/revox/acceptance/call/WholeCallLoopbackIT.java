package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.interruptAfter;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.ClinicScript;
import dev.revox.acceptance.world.Heard;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.order.OrderStatus;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.transcript.TranscriptItem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeCallLoopbackIT {

    @TempDir
    Path folder;

    @Test
    void a_person_confirms_interrupts_and_says_goodbye() {
        try (TestPhone phone = TestPhone.answering(0)
                        .ringFor(Duration.ofMillis(200))
                        .script(
                                waitForSpeechEnd(),
                                say("Yes this is Dana."),
                                interruptAfter(Duration.ofSeconds(3), "Sorry can we make it eleven instead?"),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {

            Outcome outcome = world.call();

            CallAttempt attempt = outcome.row().attempt();
            assertThat(outcome.report().order().status()).isEqualTo(OrderStatus.COMPLETED);
            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            assertThat(attempt.result()).contains(AnsweredBy.HUMAN);
            assertThat(attempt.endedBy()).contains(EndedBy.AGENT);
            assertThat(attempt.endReason()).contains(EndReason.TOOL_END_CALL);
            assertThat(Heard.userTurns(attempt))
                    .containsExactly(
                            "Yes this is Dana.",
                            "Sorry can we make it eleven instead?",
                            "No that is all thank you goodbye.");
            interrupted_sentence_is_cut_where_it_was_heard(attempt);
            latencies_add_up(outcome.row().turns());
            both_sides_are_recorded(attempt);
            what_the_phone_heard_is_what_the_transcript_says(phone, attempt);
            assertThat(outcome.row().media().packetsSent()).isGreaterThan(500);
            assertThat(outcome.row().media().packetsReceived()).isGreaterThan(500);
            assertThat(outcome.row().media().packetsLost()).isZero();
        }
    }

    private static void interrupted_sentence_is_cut_where_it_was_heard(CallAttempt attempt) {
        List<TranscriptItem.Assistant> cut = attempt.transcript().orElseThrow().stream()
                .filter(TranscriptItem.Assistant.class::isInstance)
                .map(TranscriptItem.Assistant.class::cast)
                .filter(TranscriptItem.Assistant::interrupted)
                .toList();
        assertThat(cut).hasSize(1);
        assertThat(cut.getFirst().content()).startsWith("Wonderful. Please bring");
        assertThat(cut.getFirst().content().length())
                .isLessThan("Wonderful. ".length() + ClinicScript.LONG_SENTENCE.length());
    }

    private static void latencies_add_up(List<TurnLatency> turns) {
        assertThat(turns).hasSize(3);
        assertThat(turns).allSatisfy(turn -> {
            Duration stages = turn.stages().values().stream().reduce(Duration.ZERO, Duration::plus);
            long first = turn.milestones().getOrDefault(Milestone.SPEECH_END, 0L);
            long packet = turn.milestones().getOrDefault(Milestone.FIRST_PACKET, 0L);
            assertThat(stages).isEqualTo(Duration.ofNanos(packet - first)).isPositive();
        });
    }

    private static void both_sides_are_recorded(CallAttempt attempt) {
        Path wav = Path.of(attempt.recordingUrl().orElseThrow());
        assertThat(Heard.loudMs(wav, 0)).as("the person's side").isGreaterThan(2000);
        assertThat(Heard.loudMs(wav, 1)).as("the agent's side").isGreaterThan(4000);
    }

    private static void what_the_phone_heard_is_what_the_transcript_says(TestPhone phone, CallAttempt attempt) {
        List<String> heard = Heard.sentences(phone.calls().getFirst().heard(), ClipSet.agent());
        List<String> written = Heard.agentTurns(attempt);
        assertThat(heard).hasSameSizeAs(written);
        for (int turn = 0; turn < heard.size(); turn++) {
            List<String> ear = ClipSet.words(heard.get(turn));
            List<String> page = ClipSet.words(written.get(turn));
            int common = Math.min(ear.size(), page.size());
            assertThat(ear.subList(0, common)).isEqualTo(page.subList(0, common));
            // A word that was cut through may count for either side.
            assertThat(Math.abs(ear.size() - page.size())).isLessThanOrEqualTo(turn == 1 ? 1 : 0);
        }
    }

    @Test
    void a_word_that_is_lost_on_the_way_is_missing_from_the_transcript() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?").withoutWord("parking"),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {

            CallAttempt attempt = world.call().row().attempt();

            assertThat(attempt.endedBy()).contains(EndedBy.USER);
            String understood = String.join(" ", Heard.userTurns(attempt));
            assertThat(understood).doesNotContain("parking").contains("near the clinic");
            assertThat(Heard.agentTurns(attempt)).contains("I am sorry, I did not understand that.");
        }
    }

    @Test
    void the_caller_reaches_the_assistant_of_the_number_that_was_called() {
        try (TestPhone phone = TestPhone.answering(0).script();
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        trunk(phone).allowInboundFrom("127.0.0.1"),
                        AcceptanceWorld.Options.NONE.engine(builder -> builder.inbound(call -> call.called()
                                        .filter(number -> number.e164().equals("+14155550100"))
                                        .isPresent()
                                ? Optional.of(AcceptanceWorld.ada().toBuilder()
                                        .firstSentence("Hello! How can I help you?")
                                        .build())
                                : Optional.empty())))) {
            InetSocketAddress engine = new InetSocketAddress(InetAddress.getLoopbackAddress(), world.sipPort());

            var call = phone.call(
                    engine,
                    "+14155550100",
                    AcceptanceWorld.NUMBER,
                    waitForSpeechEnd(),
                    say("Is there any parking near the clinic?"),
                    waitForSpeechEnd(),
                    hangUp());
            call.awaitEnd(Duration.ofSeconds(40));

            assertThat(call.problem()).isEmpty();
            assertThat(Heard.sentences(call.heard(), ClipSet.agent()))
                    .containsExactly("Hello! How can I help you?", "Yes, you can park for free behind the building.");
            var refused = phone.call(engine, "+14155550999", AcceptanceWorld.NUMBER);
            refused.awaitEnd(Duration.ofSeconds(10));
            assertThat(refused.refusal()).isPresent();
        }
    }

    @Test
    void silero_listens_where_its_model_is_there() {
        assumeTrue(
                System.getenv("REVOX_MODELS") != null,
                "REVOX_MODELS is not set: no folder with silero_vad.onnx to use");
        try (TestPhone phone = TestPhone.answering(0).script(waitForSpeechEnd(), hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {

            assertThat(world.call().row().media().voiceActivity()).isEqualTo("silero");
        }
    }

    private static SipTrunk trunk(TestPhone phone) {
        return SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("phone");
    }
}
