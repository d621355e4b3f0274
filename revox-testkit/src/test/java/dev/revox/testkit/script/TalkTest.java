package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.dialogue.ContextSettings;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.attempt.AnsweredBy;
import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.conversation.ConversationCommand.PausePlayout;
import dev.revox.conversation.ConversationCommand.ResumePlayout;
import dev.revox.conversation.ConversationCommand.Say;
import dev.revox.conversation.ConversationNotice.AgentSpeech;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a talk goes when every provider works. */
class TalkTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ScriptedCall threeTurns() {
        return ScriptedCall.script()
                .firstSentence("Hi Dana! This is Ada from the clinic.")
                .callerSays(ms(4000), ms(5000), "Hello, what is it about?")
                .llmAnswers("Your appointment is tomorrow at three. Does that suit you?", ms(300))
                .callerSays(ms(11_000), ms(12_000), "Can we make it four?")
                .llmAnswers("Sure, four it is.", ms(300))
                .callerSays(ms(15_000), ms(16_000), "Thank you, bye.")
                .llmAnswers("Goodbye, Dana.", ms(300))
                .callerHangsUp(ms(20_000));
    }

    @Test
    void a_talk_of_three_turns_is_transcribed_as_it_was_heard() {
        CallTimeline call = threeTurns().run(Duration.ofSeconds(30));

        assertThat(call.transcript())
                .containsExactly(
                        "assistant: Hi Dana! This is Ada from the clinic.",
                        "user: Hello, what is it about?",
                        "assistant: Your appointment is tomorrow at three. Does that suit you?",
                        "user: Can we make it four?",
                        "assistant: Sure, four it is.",
                        "user: Thank you, bye.",
                        "assistant: Goodbye, Dana.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.result().answeredBy()).isEqualTo(AnsweredBy.HUMAN);
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void the_first_sentence_starts_exactly_its_delay_after_the_answer() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana!")
                .firstSentenceDelay(ms(700))
                .run(Duration.ofSeconds(5));

        assertThat(call.first(Say.class)).isEqualTo(ms(700));
        assertThat(call.result().answeredBy()).isEqualTo(AnsweredBy.UNKNOWN);
    }

    @Test
    void a_generated_first_sentence_follows_its_instruction() {
        CallTimeline call = ScriptedCall.script()
                .generatedFirstSentence("Greet Dana warmly.")
                .llmAnswers("Good morning, Dana!", ms(400))
                .run(Duration.ofSeconds(5));

        assertThat(call.transcript()).containsExactly("assistant: Good morning, Dana!");
        assertThat(call.first(Say.class)).isEqualTo(ms(400));
        assertThat(call.modelRequests().getFirst().messages().getLast().toString())
                .doesNotContain("Greet");
    }

    @Test
    void the_first_sentence_waits_for_a_greeting_and_is_not_replaced_by_an_answer_to_it() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana! This is Ada.")
                .callerSays(ms(200), ms(900), "Hello?")
                .run(Duration.ofSeconds(6));

        assertThat(call.transcript()).containsExactly("user: Hello?", "assistant: Hi Dana! This is Ada.");
        assertThat(call.first(Say.class)).isEqualTo(ms(1120));
        assertThat(call.modelRequests()).isEmpty();
    }

    @Test
    void a_greeting_into_the_first_sentence_does_not_stop_it() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana! This is Ada from the clinic.")
                .callerSays(ms(500), ms(900), "Hello?")
                .run(Duration.ofSeconds(8));

        assertThat(call.all(FlushPlayout.class)).isEmpty();
        assertThat(String.join(" ", call.played())).isEqualTo("Hi Dana! This is Ada from the clinic.");
    }

    @Test
    void an_interruption_stops_the_agent_and_cuts_the_transcript_to_the_words_that_left() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays and on Saturdays until noon.", ms(300))
                .callerSays(ms(4000), ms(5200), "Wait, which address?")
                .llmAnswers("Main Street one.", ms(300))
                .sttGivesInterims()
                .run(Duration.ofSeconds(12));

        assertThat(call.all(FlushPlayout.class)).hasSize(1);
        assertThat(call.first(FlushPlayout.class)).isBetween(ms(4120), ms(4700));
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.transcript().get(1))
                .startsWith("assistant: We are open")
                .doesNotContain("noon");
        assertThat(call.transcript()).endsWith("user: Wait, which address?", "assistant: Main Street one.");
        AgentSpeech cut = call.told(AgentSpeech.class).getFirst();
        assertThat(cut.interrupted()).isTrue();
        assertThat(cut.heard().length()).isLessThan(cut.generated().length());
    }

    @Test
    void playout_is_held_within_one_frame_of_the_barge_in_decision() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays and on Saturdays until noon.", ms(300))
                .callerSays(ms(4000), ms(5200), "Wait, which address?")
                .run(Duration.ofSeconds(12));

        // The decision falls 120 ms into the speech.
        assertThat(call.first(PausePlayout.class)).isEqualTo(ms(4120));
    }

    @Test
    void the_model_is_told_only_what_was_heard() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays and on Saturdays until noon.", ms(300))
                .callerSays(ms(4000), ms(5200), "Wait, which address?")
                .run(Duration.ofSeconds(12));

        var history = call.modelRequests().getLast().messages();
        String heard = call.transcript().get(1).substring("assistant: ".length());
        assertThat(history)
                .anySatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                ChatMessage.Assistant.class,
                                said -> assertThat(said.text()).isEqualTo(heard)));
    }

    @Test
    void a_backchannel_lets_the_agent_go_on_where_it_was_held() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays and on Saturdays until noon.", ms(300))
                .callerSays(ms(4000), ms(4400), "mm-hm")
                .run(Duration.ofSeconds(14));

        assertThat(call.all(PausePlayout.class)).hasSize(1);
        assertThat(call.all(ResumePlayout.class)).hasSize(1);
        assertThat(call.all(FlushPlayout.class)).isEmpty();
        assertThat(call.transcript())
                .containsExactly(
                        "user: What are the opening hours?",
                        "assistant: We are open from nine to five on all weekdays and on Saturdays until noon.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }

    @Test
    void a_cough_lets_the_agent_go_on_within_two_seconds() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays and on Saturdays until noon.", ms(300))
                .callerCoughs(ms(4000), ms(4350))
                .run(Duration.ofSeconds(14));

        assertThat(call.first(ResumePlayout.class).minus(call.first(PausePlayout.class)))
                .isLessThanOrEqualTo(ms(2000));
        assertThat(call.transcript().get(1)).endsWith("until noon.");
        assertThat(call.result().transcript()).hasSize(2);
    }

    @Test
    void a_sentence_that_goes_on_after_a_pause_is_one_turn() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1300), "I would like to come with my")
                .callerSays(ms(2400), ms(3000), "sister.")
                .llmAnswers("Of course.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript())
                .containsExactly("user: I would like to come with my sister.", "assistant: Of course.");
    }

    @Test
    void words_added_before_the_answer_was_heard_join_the_turn() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1300), "I want to cancel.")
                .llmAnswers("You want to cancel everything?", ms(1200))
                .callerSays(ms(1900), ms(2900), "Only the second one.")
                .llmAnswers("Only the second one, done.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript())
                .containsExactly(
                        "user: I want to cancel. Only the second one.", "assistant: Only the second one, done.");
        assertThat(call.openWork()).isZero();
    }

    @Test
    void dictated_digits_are_not_cut() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "My number is 555")
                .callerSays(ms(2800), ms(3800), "123 4567 thank you.")
                .llmAnswers("Got it.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript().getFirst()).isEqualTo("user: My number is 555 123 4567 thank you.");
    }

    @Test
    void the_stages_of_a_turn_sum_to_its_total() {
        CallTimeline call = threeTurns().run(Duration.ofSeconds(30));

        List<TurnLatency> turns = call.result().turns();
        assertThat(turns).hasSize(3);
        for (TurnLatency turn : turns) {
            Duration sum = turn.stages().values().stream().reduce(Duration.ZERO, Duration::plus);
            long measured = turn.milestones().getOrDefault(Milestone.FIRST_PACKET, -1L)
                    - turn.milestones().getOrDefault(Milestone.SPEECH_END, -1L);
            assertThat(sum).isEqualTo(turn.total()).isEqualTo(Duration.ofNanos(measured));
            assertThat(turn.milestones().keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Milestone.PROVIDER)));
            // Nothing of our own takes longer than two packets.
            assertThat(turn.engineAdded()).isLessThanOrEqualTo(ms(40));
        }
    }

    @Test
    void no_text_shows_in_a_to_string() {
        CallTimeline call = threeTurns().run(Duration.ofSeconds(30));

        String printed = call.commands().toString() + call.result() + call.modelRequests();
        assertThat(printed).doesNotContain("Dana", "tomorrow", "four", "appointment");
    }

    @Test
    void nobody_hangs_up_on_a_caller_who_hangs_up() {
        CallTimeline call = threeTurns().run(Duration.ofSeconds(30));

        assertThat(call.all(HangUp.class)).isEmpty();
        assertThat(call.lasted()).isEqualTo(ms(20_000));
    }

    @Test
    void of_a_long_call_the_model_is_told_the_first_sentence_and_the_newest_turns() {
        ScriptedCall script = ScriptedCall.script()
                .firstSentence("Hi Dana! This is Ada from the clinic.")
                .agent(builder -> builder.context(new ContextSettings(200)));
        for (int turn = 1; turn <= 20; turn++) {
            long at = 4000L + turn * 6000L;
            script.callerSays(ms(at), ms(at + 1500), "This is question " + "again ".repeat(6) + turn + ", is it?")
                    .llmAnswers("That is answer " + turn + " to it.", ms(200));
        }
        CallTimeline call = script.run(Duration.ofSeconds(132));

        List<ChatMessage> last = call.modelRequests().getLast().messages();
        assertThat(last.getFirst()).isInstanceOf(ChatMessage.Instructions.class);
        assertThat(last.get(1))
                .isEqualTo(new ChatMessage.Assistant("Hi Dana! This is Ada from the clinic.", List.of()));
        assertThat(last).hasSizeLessThan(14);
        assertThat(last.getLast())
                .isInstanceOfSatisfying(
                        ChatMessage.User.class, user -> assertThat(user.text()).contains("20, is it?"));
        assertThat(call.transcript()).hasSize(41);
    }
}
