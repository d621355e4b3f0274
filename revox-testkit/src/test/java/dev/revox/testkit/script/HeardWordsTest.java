package dev.revox.testkit.script;

import static dev.revox.testkit.script.ScriptedCall.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interrupted agent is said to have said, against which of its words left, at some hundred places of interruption. */
class HeardWordsTest {

    private static final int PLACES = 150;
    private static final String ANSWER =
            "Bring your insurance card, a list of the medicine that you take every day and any letter from the hospital.";

    @ParameterizedTest(name = "word times told: {0}")
    @ValueSource(booleans = {true, false})
    void the_transcript_differs_from_what_left_by_at_most_one_word(boolean wordTimes) {
        for (int seed = 1; seed <= PLACES; seed++) {
            Random random = new Random(seed);
            Duration interrupted = Duration.ofMillis(2500 + random.nextInt(6000));
            ScriptedCall call = script().callerSays(ms(500), ms(1200), "What should I bring?")
                    .llmAnswers(ANSWER, ms(50 + random.nextInt(400)))
                    .callerSays(interrupted, interrupted.plusMillis(900), "No wait a moment.")
                    .llmAnswers("Yes?", ms(200))
                    .ttsSpeaks(8 + random.nextInt(12), ms(60 + random.nextInt(200)));
            if (wordTimes) {
                call.ttsTellsWordTimes();
            }

            CallTimeline timeline = call.run(Duration.ofSeconds(20));

            List<String> said = timeline.conversationSaid();
            List<String> left = timeline.played();
            assertThat(left).as("seed %d", seed).isNotEmpty();
            assertThat(Math.abs(words(said, ANSWER) - words(left, ANSWER)))
                    .as("seed %d: %s against %s", seed, said, left)
                    .isLessThanOrEqualTo(1);
        }
    }

    private static long words(List<String> some, String text) {
        List<String> whole = List.of(text.split(" "));
        return some.stream().filter(whole::contains).count();
    }

    private static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
