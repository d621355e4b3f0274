package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand.HangUp;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order: one end, nothing left open, and a transcript that is what was played. */
class InterleavingTest {

    private static final String[] CALLER = {
        "Yes please.",
        "mm-hm",
        "",
        "Wait, no, not like that.",
        "My number is 555",
        "and",
        "Hello?",
        "What time is it now?"
    };

    private static final String[] AGENT = {
        "Sure.",
        "We are open from nine to five. On Saturdays we close at noon. Anything else I can do for you?",
        "Let me see, that would be Dr. Smith at 3.30 in the afternoon.",
        ""
    };

    static List<Long> seeds() {
        return new Random(20_260_302L).longs(100).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_call_ends_once_and_leaves_nothing_behind(long seed) {
        // Without word times a sentence that breaks off is cut by estimate; with them the cut is exact.
        boolean exact = seed % 3 != 0;
        ScriptedCall script = script(new Random(seed));
        CallTimeline call = (exact ? script.ttsTellsWordTimes() : script).run(Duration.ofSeconds(60));

        assertThat(call.all(HangUp.class).size()).as("hang-ups").isLessThanOrEqualTo(1);
        assertThat(call.openWork()).as("provider work left open").isZero();
        assertThat(call.armedTimers()).as("timers left armed").isZero();
        assertThat(call.lasted()).as("length").isLessThanOrEqualTo(Duration.ofSeconds(60));
        if (exact) {
            assertThat(call.conversationSaid())
                    .as("transcript against what was played")
                    .isEqualTo(call.played());
        }
    }

    private static ScriptedCall script(Random random) {
        ScriptedCall call = ScriptedCall.script()
                .maxDuration(
                        Duration.ofSeconds(20 + random.nextInt(60)),
                        random.nextBoolean() ? "Our time is over. Goodbye." : "");
        if (random.nextBoolean()) {
            call.firstSentence("Hi Dana! This is Ada from the clinic, how are you today?");
        } else if (random.nextBoolean()) {
            call.generatedFirstSentence("Greet.");
        }
        if (random.nextBoolean()) {
            call.sttGivesInterims();
        }
        if (random.nextBoolean()) {
            call.withSecondVoice();
        }
        if (random.nextBoolean()) {
            call.endOfCallSentence("Goodbye and thank you.");
        }
        call.sttNeeds(Duration.ofMillis(random.nextInt(2500)));
        call.sttFailsFirstStreams(random.nextInt(3));
        call.ttsSpeaks(8 + random.nextInt(20), Duration.ofMillis(random.nextInt(1400)));
        long at = 0;
        for (int i = 0; i < 12; i++) {
            at += random.nextInt(4000);
            long until = at + 60 + random.nextInt(2500);
            call.callerSays(Duration.ofMillis(at), Duration.ofMillis(until), CALLER[random.nextInt(CALLER.length)]);
            at = until + 300;
            answer(call, random);
            if (random.nextInt(4) == 0) {
                call.ttsFails(1 + random.nextInt(12), Duration.ofMillis(random.nextInt(3000)));
            }
            if (random.nextInt(4) == 0) {
                call.ttsStalls(1 + random.nextInt(12), Duration.ofMillis(random.nextInt(3000)));
            }
        }
        if (random.nextInt(3) == 0) {
            call.callerHangsUp(Duration.ofMillis(random.nextInt(40_000)));
        }
        if (random.nextInt(4) == 0) {
            call.engineStops(Duration.ofMillis(random.nextInt(40_000)), EndedBy.SYSTEM, EndReason.SHUTDOWN);
        }
        return call;
    }

    private static void answer(ScriptedCall call, Random random) {
        String text = AGENT[random.nextInt(AGENT.length)];
        Duration first = Duration.ofMillis(random.nextInt(4000));
        switch (random.nextInt(8)) {
            case 0 -> call.llmFails(text, first);
            case 1 -> call.llmStalls(text, first);
            case 2 -> call.llmAnswersAndCalls(text, "open_door", "{", first);
            case 3 -> call.llmAnswersAndCalls(text, random.nextInt(4) == 0 ? "end_call" : "look_up", "{}", first);
            default -> call.llmAnswers(text, first);
        }
    }
}
