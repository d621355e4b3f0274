package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.conversation.ConversationCommand.EndThinkingSound;
import dev.revox.conversation.ConversationCommand.PlayThinkingSound;
import dev.revox.conversation.ConversationCommand.Say;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the sound of thinking begins and ends. */
class ThinkingSoundTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Ambience typing(double probability) {
        return new Ambience(Optional.empty(), 0.3, Optional.of(ThinkingSound.KEYBOARD_TYPING), probability, 0.4);
    }

    private static ScriptedCall turns(int count, double probability) {
        ScriptedCall call = ScriptedCall.script().firstSentence("Hi Dana!").ambience(typing(probability));
        for (int turn = 0; turn < count; turn++) {
            call.callerSays(ms(3000 + 8000L * turn), ms(4000 + 8000L * turn), "What about number " + turn + "?")
                    .llmAnswers("Number " + turn + " is fine.", ms(900));
        }
        return call.callerHangsUp(ms(4000 + 8000L * count));
    }

    @Test
    void it_begins_with_a_turn_and_before_the_answer_and_ends_by_itself_when_speech_begins() {
        CallTimeline call = turns(2, 1).run(ms(30_000));

        assertThat(call.all(PlayThinkingSound.class)).hasSize(2).allSatisfy(play -> {
            assertThat(play.sound().clip()).isEqualTo("keyboard-typing.ogg");
            assertThat(play.sound().volume()).isEqualTo(0.4);
        });
        Duration begins = call.first(PlayThinkingSound.class);
        assertThat(begins).isGreaterThan(ms(4000));
        Duration answer = call.commands().stream()
                .filter(given -> given.command() instanceof Say && given.at().compareTo(begins) > 0)
                .findFirst()
                .orElseThrow()
                .at();
        assertThat(answer.minus(begins)).isGreaterThanOrEqualTo(ms(900));
        // Told again when the floor is the caller's, long after it has faded beneath the first word; harmless.
        assertThat(call.all(EndThinkingSound.class)).hasSize(2);
        assertThat(call.first(EndThinkingSound.class)).isGreaterThan(answer);
    }

    @Test
    void a_caller_who_goes_on_while_the_agent_thinks_ends_it() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana!")
                .ambience(typing(1))
                .callerSays(ms(3000), ms(4000), "What about Tuesday?")
                .llmAnswers("Tuesday is fine.", ms(4000))
                .callerSays(ms(5500), ms(7000), "Or rather Wednesday, please, in the morning.")
                .llmAnswers("Wednesday it is.", ms(300))
                .run(ms(20_000));

        assertThat(call.all(PlayThinkingSound.class)).hasSize(2);
        assertThat(call.first(EndThinkingSound.class)).isLessThan(ms(7500));
    }

    @Test
    void it_plays_on_as_many_turns_as_the_assistant_wants_and_on_the_same_ones_in_a_replay() {
        assertThat(turns(2, 0).run(ms(30_000)).all(PlayThinkingSound.class)).isEmpty();
        CallTimeline once = turns(12, 0.5).run(ms(120_000));
        CallTimeline again = turns(12, 0.5).run(ms(120_000));
        assertThat(once.all(PlayThinkingSound.class)).hasSizeBetween(2, 10);
        assertThat(again.commands().stream()
                        .filter(given -> given.command() instanceof PlayThinkingSound)
                        .map(CallTimeline.Given::at))
                .containsExactlyElementsOf(once.commands().stream()
                        .filter(given -> given.command() instanceof PlayThinkingSound)
                        .map(CallTimeline.Given::at)
                        .toList());
    }

    @Test
    void without_one_nothing_is_asked_of_the_leg() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana!")
                .callerSays(ms(3000), ms(4000), "What about Tuesday?")
                .llmAnswers("Fine.", ms(300))
                .run(ms(10_000));
        assertThat(call.all(PlayThinkingSound.class)).isEmpty();
        assertThat(call.all(EndThinkingSound.class)).isEmpty();
    }
}
