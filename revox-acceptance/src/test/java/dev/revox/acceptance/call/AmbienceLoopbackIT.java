package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Heard;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.CallAttempt;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plays beneath the agent's speech, heard at the other end of a real call. */
class AmbienceLoopbackIT {

    @TempDir
    Path folder;

    @Test
    void the_person_hears_the_office_under_the_whole_call_and_the_agent_does_not() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Yes this is Dana."),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world =
                        AcceptanceWorld.dialling(folder, SipTrunk.of("sip:127.0.0.1:" + phone.port()))) {

            // The telephone takes everything above an rms of 200 for speech, so the office is a quiet one.
            Outcome outcome = world.call(order(new Ambience(
                    Optional.of("audio/office.ogg"), 0.06, Optional.of(ThinkingSound.KEYBOARD_TYPING), 1, 0.05)));

            CallAttempt attempt = outcome.row().attempt();
            assertThat(attempt.result()).contains(AnsweredBy.HUMAN);
            assertThat(Heard.userTurns(attempt))
                    .containsExactly("Yes this is Dana.", "No that is all thank you goodbye.");
            Sound heard = phone.calls().getFirst().heard();
            // Once it has faded in there is no silence any more, and what fills it stays far below speech.
            assertThat(quietest(heard, 1500)).as("rms of the quietest 200 ms").isBetween(40.0, 200.0);
            Path wav = Path.of(attempt.recordingUrl().orElseThrow());
            assertThat(quietest(Sound.read(wav, 1), 1500))
                    .as("our side of the recording")
                    .isBetween(40.0, 200.0);
            assertThat(quietest(Sound.read(wav, 0), 1500))
                    .as("the person's side")
                    .isLessThan(20);
        }
    }

    @Test
    void without_one_there_is_silence_between_sentences() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world =
                        AcceptanceWorld.dialling(folder, SipTrunk.of("sip:127.0.0.1:" + phone.port()))) {

            Outcome outcome = world.call(order(Ambience.NONE));

            assertThat(outcome.row().attempt().result()).contains(AnsweredBy.HUMAN);
            assertThat(quietest(phone.calls().getFirst().heard(), 1500)).isLessThan(20);
        }
    }

    private static CallOrder order(Ambience ambience) {
        return CallOrder.to(AcceptanceWorld.NUMBER)
                .forceNow()
                .assistant(Assistant.prompt("You are Ada from the Riverside Clinic and talk to {{name}}.")
                        .firstSentence("Hi {{name}}! This is Ada from the Riverside Clinic.")
                        .ambience(ambience)
                        .build())
                .variable("name", "Dana")
                .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                .build();
    }

    /** The loudness of the quietest 200 ms, without the first and the last second. */
    private static double quietest(Sound sound, int fromMs) {
        int block = sound.rateHz() / 5;
        double[] blocks = new double[Math.max(1, sound.pcm().length / block)];
        Arrays.fill(blocks, Double.MAX_VALUE);
        int first = fromMs / 200;
        for (int i = first; i < blocks.length - 5; i++) {
            double sum = 0;
            for (int s = i * block; s < (i + 1) * block; s++) {
                sum += (double) sound.pcm()[s] * sound.pcm()[s];
            }
            blocks[i] = Math.sqrt(sum / block);
        }
        return Arrays.stream(blocks).min().orElseThrow();
    }
}
