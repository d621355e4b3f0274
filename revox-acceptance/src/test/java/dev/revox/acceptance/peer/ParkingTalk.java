package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Eventually;
import dev.revox.acceptance.world.Heard;
import dev.revox.acceptance.world.Likeness;
import dev.revox.assistant.Assistant;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.conversation.ConversationNotice;
import dev.revox.event.CallEvent;
import dev.revox.line.MediaReport;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The shortest whole conversation: the agent says hello, somebody at a telephone asks where to park, and is told. */
final class ParkingTalk {

    static final String QUESTION = "Is there any parking near the clinic?";
    static final String ANSWER = "Yes, you can park for free behind the building.";

    /** The least that G.711, G.722 and Opus keep of a wave on the way; see {@link Likeness}. */
    private static final double LEAST_CORRELATION = 0.8;

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private ParkingTalk() {}

    /** What the person at the telephone says: nothing while the agent says hello, and nothing while it answers. */
    static Sound person() {
        return person(2_000);
    }

    static Sound person(int quietMs) {
        Sound question = ClipSet.caller().sentence(QUESTION).orElseThrow().sound();
        return Sound.silence(quietMs, question.rateHz()).then(question).then(Sound.silence(15_000, question.rateHz()));
    }

    static Assistant agent() {
        return AcceptanceWorld.ada().toBuilder().firstSentence("Hello!").build();
    }

    static CallOrder order() {
        return order(agent(), AcceptanceWorld.NUMBER);
    }

    /** One attempt, now. The zone is said, because numbers that nobody has lie in none. */
    static CallOrder order(Assistant assistant, String number) {
        return CallOrder.to(number)
                .forceNow()
                .assistant(assistant)
                .variable("name", "Dana")
                .retryPolicy(RetryPolicy.builder()
                        .maxAttempts(1)
                        .timezone(ZoneId.of("America/New_York"))
                        .build())
                .build();
    }

    /** Calls a telephone, waits for the answer to its question, and lets it hang up. */
    static Outcome held(AcceptanceWorld world, Baresip phone) {
        CompletableFuture<Outcome> call = world.begin(order());
        awaitAnswer(world);
        phone.command("hangup");
        return call.join();
    }

    /** Waits until the agent has told where to park, and until that has reached the other side. */
    static void awaitAnswer(AcceptanceWorld world) {
        Eventually.until(
                PATIENCE,
                () -> world.events().stream().anyMatch(ParkingTalk::answers),
                () -> "the agent's answer; events: " + world.events());
        Eventually.pass(Duration.ofMillis(400));
    }

    private static boolean answers(CallEvent event) {
        return event instanceof CallEvent.InConversation news
                && news.notice() instanceof ConversationNotice.AgentSpeech speech
                && speech.heard().equals(ANSWER);
    }

    static boolean pickedUp(AcceptanceWorld world) {
        return world.events().stream().anyMatch(CallEvent.Answered.class::isInstance);
    }

    /** Both sides spoke, and each recorded what the other one said: its words, its waves and its loudness. */
    static void both_sides_spoke_and_were_heard(Outcome outcome, Baresip phone, String codec) {
        assertThat(outcome.row().media().codec()).isEqualTo(codec);
        both_sides_spoke_and_were_heard(outcome, phone);
    }

    static void both_sides_spoke_and_were_heard(Outcome outcome, Baresip phone) {
        CallAttempt attempt = outcome.row().attempt();
        assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
        sound_went_both_ways(outcome.row().media());
        assertThat(Heard.userTurns(attempt)).contains(QUESTION);
        Sound atTheirs = phone.heard();
        assertThat(words(Heard.sentences(atTheirs, ClipSet.agent()))).contains(ANSWER);
        Path recording = Path.of(attempt.recordingUrl().orElseThrow());
        Sound theirs = Sound.read(recording, 0);
        Sound ours = Sound.read(recording, 1);
        assertThat(Heard.sentences(theirs, ClipSet.caller())).contains(QUESTION);
        assertThat(words(Heard.sentences(ours, ClipSet.agent()))).contains(ANSWER);
        same(ClipSet.caller(), QUESTION, phone.said(), theirs);
        same(ClipSet.agent(), ANSWER, ours, atTheirs);
    }

    /** A sentence that one side's recording holds as said is in the other side's as heard. */
    static void same(ClipSet voice, String sentence, Sound said, Sound heard) {
        Sound clip = voice.sentence(sentence).orElseThrow().sound();
        int begins = Likeness.of(clip, said).atMs();
        Likeness likeness = Likeness.of(said.slice(begins, begins + clip.durationMs()), heard);
        assertThat(likeness.correlation()).as("%s: %s", sentence, likeness).isGreaterThan(LEAST_CORRELATION);
        assertThat(likeness.envelope()).as("%s: %s", sentence, likeness).isGreaterThan(LEAST_CORRELATION);
        assertThat(likeness.levelDb()).as("%s: %s", sentence, likeness).isBetween(-3.0, 3.0);
    }

    private static String words(List<String> sentences) {
        return String.join(" ", sentences);
    }

    static void sound_went_both_ways(MediaReport media) {
        assertThat(media.packetsSent()).isGreaterThan(100);
        assertThat(media.packetsReceived()).isGreaterThan(100);
        assertThat(media.packetsLost()).isLessThanOrEqualTo(media.packetsReceived() / 100);
    }
}
