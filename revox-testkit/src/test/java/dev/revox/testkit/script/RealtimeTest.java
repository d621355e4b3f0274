package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.conversation.ConversationCommand.PausePlayout;
import dev.revox.conversation.ConversationCommand.ResumePlayout;
import dev.revox.conversation.ConversationCommand.Say;
import dev.revox.conversation.ConversationNotice.ProviderFault;
import dev.revox.conversation.ConversationNotice.TurnMeasured;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.testkit.script.provider.ScriptedRealtime.Ending;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a talk goes through a model that hears and speaks itself. */
class RealtimeTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private static ScriptedCall oneQuestion() {
        return ScriptedCall.script().realtime().callerSays(ms(500), ms(1500), "What are the opening hours?");
    }

    @Test
    void a_talk_is_transcribed_as_it_was_heard() {
        ScriptedCall script = ScriptedCall.script()
                .realtime()
                .firstSentence("Hi Dana! This is Ada.")
                .callerSays(ms(4000), ms(5000), "Hello, what is it about?")
                .answers("Your appointment is tomorrow at three.", ms(400))
                .callerSays(ms(11_000), ms(12_000), "Can we make it four?")
                .answers("Sure, four it is.", ms(400))
                .callerHangsUp(ms(16_000));
        CallTimeline call = script.run(seconds(30));

        assertThat(call.transcript())
                .containsExactly(
                        "assistant: Hi Dana! This is Ada.",
                        "user: Hello, what is it about?",
                        "assistant: Your appointment is tomorrow at three.",
                        "user: Can we make it four?",
                        "assistant: Sure, four it is.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(script.realtimeModel().heard()).containsExactly("Hello, what is it about?", "Can we make it four?");
        assertThat(call.result().answeredBy()).isEqualTo(AnsweredBy.HUMAN);
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void the_first_sentence_is_made_while_it_rings_and_said_exactly_its_delay_after_the_answer() {
        ScriptedCall script =
                ScriptedCall.script().realtime().firstSentence("Hi Dana!").firstSentenceDelay(ms(700));
        CallTimeline call = script.run(seconds(5));

        assertThat(script.realtimeModel().prompts()).containsExactly(new Prompt.Exactly("Hi Dana!"));
        assertThat(call.first(Say.class)).isEqualTo(ms(700));
        assertThat(call.played()).containsExactly("Hi", "Dana!");
    }

    @Test
    void a_generated_first_sentence_follows_its_instruction() {
        ScriptedCall script = ScriptedCall.script()
                .realtime()
                .generatedFirstSentence("Greet Dana warmly.")
                .answers("Good morning, Dana!", ms(400));
        CallTimeline call = script.run(seconds(5));

        assertThat(call.transcript()).containsExactly("assistant: Good morning, Dana!");
        assertThat(((Prompt.Direction) script.realtimeModel().prompts().getFirst()).text())
                .contains("Greet Dana warmly.");
    }

    @Test
    void a_greeting_before_the_first_sentence_is_no_question() {
        ScriptedCall script = ScriptedCall.script()
                .realtime()
                .firstSentence("Hi Dana! This is Ada.")
                .callerSays(ms(100), ms(800), "Hello?");
        CallTimeline call = script.run(seconds(6));

        assertThat(call.transcript()).contains("user: Hello?", "assistant: Hi Dana! This is Ada.");
        assertThat(script.realtimeModel().prompts()).hasSize(1);
        assertThat(call.first(Say.class)).isGreaterThan(ms(1000));
    }

    @Test
    void words_that_come_long_after_their_turn_stand_before_the_answer() {
        ScriptedCall script = oneQuestion().answers("From nine to five.", ms(300));
        script.realtimeModel().transcribesAfter(seconds(3));
        CallTimeline call = script.run(seconds(8));

        assertThat(call.transcript())
                .containsExactly("user: What are the opening hours?", "assistant: From nine to five.");
    }

    @Test
    void the_turn_is_answered_its_delay_after_speech_and_measured_with_the_provider_as_one_stage() {
        CallTimeline call = oneQuestion().answers("From nine to five.", ms(300)).run(seconds(8));

        assertThat(call.told(TurnMeasured.class)).hasSize(1);
        TurnLatency turn = call.result().turns().getFirst();
        assertThat(turn.milestones().keySet())
                .isEqualTo(Set.of(
                        Milestone.SPEECH_END,
                        Milestone.VAD_END,
                        Milestone.TURN_CLOSED,
                        Milestone.PROVIDER,
                        Milestone.FIRST_PACKET));
        assertThat(turn.stages().get(Milestone.PROVIDER)).isEqualTo(ms(300));
        assertThat(turn.total()).isBetween(ms(700), ms(760));
    }

    @Test
    void an_interruption_holds_flushes_and_tells_the_provider_what_was_heard() {
        ScriptedCall script = oneQuestion()
                .answers("We are open from nine to five on all days of the week. ALPHA BETA GAMMA.", ms(300))
                .callerSays(ms(4000), ms(5500), "No, I mean the address.")
                .answers("Main Street one.", ms(300));
        CallTimeline call = script.run(seconds(14));

        assertThat(call.first(PausePlayout.class)).isBetween(ms(4120), ms(4160));
        assertThat(call.first(FlushPlayout.class)).isBetween(ms(4700), ms(4740));
        assertThat(call.played()).doesNotContain("GAMMA.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.transcript()).endsWith("user: No, I mean the address.", "assistant: Main Street one.");
        long playedMs = script.realtimeModel().truncations().getFirst().heardMillis();
        assertThat(script.realtimeModel().truncations()).hasSize(1);
        assertThat(playedMs).isBetween(1700L, 2000L);
    }

    @Test
    void a_cough_resumes_where_it_stopped_and_the_model_never_hears_of_it() {
        ScriptedCall script = oneQuestion()
                .answers("We are open from nine to five on all days.", ms(300))
                .callerCoughs(ms(3500), ms(3700));
        CallTimeline call = script.run(seconds(10));

        assertThat(call.all(PausePlayout.class)).hasSize(1);
        assertThat(call.all(ResumePlayout.class)).hasSize(1);
        assertThat(call.all(FlushPlayout.class)).isEmpty();
        assertThat(call.played()).endsWith("days.");
        assertThat(script.realtimeModel().heard()).hasSize(1);
    }

    @Test
    void words_of_attention_do_not_interrupt_where_the_model_tells_words() {
        ScriptedCall script = oneQuestion()
                .answers("We are open from nine to five on all days.", ms(300))
                .callerSays(ms(3500), ms(4000), "okay");
        CallTimeline call = script.run(seconds(10));

        assertThat(call.all(FlushPlayout.class)).isEmpty();
        assertThat(call.played()).endsWith("days.");
        assertThat(call.all(ResumePlayout.class)).hasSize(1);
    }

    @Test
    void short_words_interrupt_a_model_that_answers_every_turn() {
        ScriptedCall script = oneQuestion()
                .answers("We are open from nine to five on all days of the week.", ms(300))
                .callerSays(ms(3500), ms(4000), "okay stop")
                .answers("Yes?", ms(300));
        script.realtimeModel().answersEveryTurn();
        CallTimeline call = script.run(seconds(10));

        assertThat(call.all(FlushPlayout.class)).hasSize(1);
        assertThat(call.transcript()).endsWith("user: okay stop", "assistant: Yes?");
    }

    @Test
    void the_end_of_the_call_is_heard_to_its_last_word() {
        ScriptedCall script = oneQuestion()
                .endOfCallSentence("Have a nice day.")
                .answersAndCalls("From nine to five, goodbye.", "end_call", "{}", ms(300));
        CallTimeline call = script.run(seconds(20));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.AGENT, EndReason.TOOL_END_CALL));
        assertThat(call.played())
                .containsExactly("From", "nine", "to", "five,", "goodbye.", "Have", "a", "nice", "day.");
        assertThat(call.transcript().get(2)).startsWith("tool:");
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void an_unknown_tool_is_an_error_for_the_model_which_goes_on() {
        ScriptedCall script =
                oneQuestion().answersAndCalls("", "no_such_tool", "{}", ms(300)).answers("From nine to five.", ms(300));
        CallTimeline call = script.run(seconds(10));

        assertThat(script.realtimeModel().toolResults()).hasSize(1);
        assertThat(call.played()).endsWith("five.");
    }

    @Test
    void silence_is_asked_about_once_and_then_ends_the_call() {
        ScriptedCall script =
                oneQuestion().answers("From nine to five.", ms(300)).answers("Still there?", ms(300));
        CallTimeline call = script.run(seconds(60));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.AGENT, EndReason.USER_SILENCE));
        assertThat(call.played()).endsWith("Still", "there?");
    }

    @Test
    void the_longest_duration_ends_the_call_with_its_message() {
        CallTimeline call = oneQuestion()
                .maxDuration(seconds(20), "Our time is up, goodbye.")
                .answers("From nine to five.", ms(300))
                .run(seconds(40));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.MAX_DURATION));
        assertThat(call.played()).endsWith("Our", "time", "is", "up,", "goodbye.");
        assertThat(call.lasted()).isLessThanOrEqualTo(ms(20_100));
    }

    @Test
    void a_lost_session_is_replaced_and_the_question_asked_again() {
        ScriptedCall script =
                oneQuestion().breaksOff("", ms(200), Ending.LOST, Duration.ZERO).answers("From nine to five.", ms(300));
        CallTimeline call = script.run(seconds(10));

        assertThat(script.realtimeModel().sessions()).hasSize(2);
        assertThat(script.realtimeModel().heard())
                .containsExactly("What are the opening hours?", "What are the opening hours?");
        assertThat(call.played()).endsWith("five.");
        assertThat(call.told(ProviderFault.class)).hasSize(1);
    }

    @Test
    void a_model_that_goes_silent_in_mid_sentence_is_replaced() {
        ScriptedCall script = oneQuestion()
                .breaksOff("We are open from nine to five.", ms(300), Ending.STALLED, ms(500))
                .answers("From nine to five.", ms(300));
        CallTimeline call = script.run(seconds(14));

        assertThat(script.realtimeModel().sessions()).hasSize(2);
        assertThat(call.transcript()).endsWith("assistant: From nine to five.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }

    @Test
    void a_model_that_is_down_ends_the_call_politely_in_another_voice() {
        ScriptedCall script = oneQuestion();
        script.realtimeModel().refuseSessions(100);
        CallTimeline call = script.run(seconds(20));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.played()).endsWith("Goodbye.");
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void a_model_that_is_down_ends_the_call_at_once_where_there_is_no_other_voice() {
        ScriptedCall script = oneQuestion().withoutOtherVoices();
        script.realtimeModel().refuseSessions(100);
        CallTimeline call = script.run(seconds(20));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.played()).isEmpty();
    }

    @Test
    void responses_that_fail_again_and_again_end_the_call() {
        ScriptedCall script = oneQuestion()
                .breaksOff("", ms(200), Ending.FAILED, Duration.ZERO)
                .breaksOff("", ms(200), Ending.FAILED, Duration.ZERO)
                .breaksOff("", ms(200), Ending.FAILED, Duration.ZERO);
        CallTimeline call = script.run(seconds(20));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.told(ProviderFault.class)).hasSize(3);
    }

    @Test
    void a_hang_up_at_any_moment_leaves_nothing_open() {
        for (int at = 0; at < 9000; at += 70) {
            CallTimeline call = oneQuestion()
                    .firstSentence("Hi!")
                    .answersAndCalls("From nine to five on all days.", "no_such_tool", "{}", ms(300))
                    .answers("Anything else?", ms(300))
                    .callerSays(ms(4500), ms(6000), "No, I mean the address.")
                    .callerHangsUp(ms(at))
                    .run(seconds(20));

            assertThat(call.openWork()).as("hung up at %d ms", at).isZero();
            assertThat(call.armedTimers()).as("hung up at %d ms", at).isZero();
            assertThat(call.conversationSaid()).as("hung up at %d ms", at).isEqualTo(call.played());
        }
    }

    @Test
    void the_engine_may_stop_a_call_at_any_moment() {
        for (int at = 0; at < 9000; at += 110) {
            ScriptedCall script = oneQuestion()
                    .firstSentence("Hi!")
                    .breaksOff("From nine to five on all days.", ms(300), Ending.LOST, ms(500))
                    .answers("From nine to five on all days of the week.", ms(300))
                    .callerSays(ms(5500), ms(6500), "No, I mean the address.")
                    .engineStops(ms(at), EndedBy.SYSTEM, EndReason.CANCELLED);
            script.realtimeModel().answersEveryTurn();
            CallTimeline call = script.run(seconds(20));

            assertThat(call.all(HangUp.class))
                    .as("stopped at %d ms", at)
                    .containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.CANCELLED));
            assertThat(call.openWork()).as("stopped at %d ms", at).isZero();
            assertThat(call.armedTimers()).as("stopped at %d ms", at).isZero();
        }
    }

    @Test
    void what_was_said_right_before_the_hang_up_is_transcribed() {
        CallTimeline call = oneQuestion().callerHangsUp(ms(1550)).run(seconds(20));

        assertThat(call.transcript()).containsExactly("user: What are the opening hours?");
        assertThat(call.lasted()).isEqualTo(ms(1550));
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }
}
