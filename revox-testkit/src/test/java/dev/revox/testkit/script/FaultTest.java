package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.conversation.ConversationCommand.Say;
import dev.revox.conversation.ConversationCommand.Tell;
import dev.revox.conversation.ConversationNotice.ProviderFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a call makes of providers that fail. */
class FaultTest {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ScriptedCall oneQuestion() {
        return ScriptedCall.script().callerSays(ms(500), ms(1500), "What are the opening hours?");
    }

    @Test
    void a_failed_answer_is_asked_for_once_more() {
        CallTimeline call = oneQuestion()
                .llmFails("", ms(100))
                .llmAnswers("From nine to five.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript()).endsWith("assistant: From nine to five.");
        assertThat(call.told(ProviderFault.class)).hasSize(1);
    }

    @Test
    void two_failures_bring_an_apology_and_the_call_goes_on() {
        CallTimeline call = oneQuestion()
                .llmFails("", ms(100))
                .llmFails("", ms(100))
                .callerSays(ms(7000), ms(8000), "The opening hours?")
                .llmAnswers("From nine to five.", ms(300))
                .run(Duration.ofSeconds(13));

        assertThat(call.transcript().get(1)).startsWith("assistant: I'm sorry");
        assertThat(call.transcript()).endsWith("assistant: From nine to five.");
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
    }

    @Test
    void a_model_that_gives_no_token_is_filled_and_replaced() {
        CallTimeline call = oneQuestion()
                .llmStalls("", ms(100))
                .llmAnswers("From nine to five.", ms(300))
                .run(Duration.ofSeconds(12));

        assertThat(call.transcript())
                .containsSubsequence("assistant: One moment, please.", "assistant: From nine to five.");
        assertThat(call.openWork()).isZero();
    }

    @Test
    void two_models_that_give_no_token_bring_an_apology_before_the_caller_is_left_in_silence() {
        CallTimeline call = oneQuestion()
                .llmStalls("", ms(100))
                .llmStalls("", ms(100))
                .callerHangsUp(ms(12_000))
                .run(Duration.ofSeconds(12));

        assertThat(call.transcript()).anyMatch(line -> line.startsWith("assistant: I'm sorry"));
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
    }

    @Test
    void an_answer_that_breaks_off_is_continued_not_repeated() {
        CallTimeline call = oneQuestion()
                .llmStalls("We are open from nine to five. On Sat", ms(200))
                .llmAnswers("urdays we close at noon.", ms(200))
                .run(Duration.ofSeconds(14));

        assertThat(call.transcript())
                .endsWith("assistant: We are open from nine to five. On Saturdays we close at noon.");
    }

    @Test
    void a_model_that_answers_nothing_counts_as_failed() {
        CallTimeline call = oneQuestion()
                .llmAnswers("", ms(100))
                .llmAnswers("From nine to five.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript()).endsWith("assistant: From nine to five.");
    }

    @Test
    void an_unknown_tool_is_answered_with_an_error_and_the_model_goes_on() {
        CallTimeline call = oneQuestion()
                .llmAnswersAndCalls("", "open_door", "{not json", ms(200))
                .llmAnswers("From nine to five.", ms(300))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript()).endsWith("tool: There is no tool of that name.", "assistant: From nine to five.");
    }

    @Test
    void a_model_that_is_down_three_times_ends_the_call_politely() {
        CallTimeline call = oneQuestion()
                .callerSays(ms(8000), ms(9000), "The opening hours?")
                .callerSays(ms(16_000), ms(17_000), "Are you even listening?")
                .llmThenFailsForGood()
                .run(Duration.ofSeconds(40));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.played()).endsWith("the", "call.", "Goodbye.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }

    @Test
    void a_voice_that_dies_in_a_sentence_is_finished_by_another() {
        CallTimeline call = oneQuestion()
                .llmAnswers("We are open from nine to five on all weekdays and until noon on Saturdays.", ms(200))
                .withSecondVoice()
                .ttsFails(1, ms(1500))
                .run(Duration.ofSeconds(14));

        assertThat(String.join(" ", call.conversationSaid()))
                .isEqualTo("We are open from nine to five on all weekdays and until noon on Saturdays.");
        assertThat(call.told(ProviderFault.class)).hasSize(1);
    }

    @Test
    void a_voice_that_stalls_in_a_sentence_is_noticed_within_800_ms_of_running_dry() {
        CallTimeline call = oneQuestion()
                .llmAnswers("We are open from nine to five on all weekdays and until noon on Saturdays.", ms(200))
                .withSecondVoice()
                .ttsStalls(1, ms(1000))
                .run(Duration.ofSeconds(14));

        assertThat(call.transcript().getLast()).endsWith("until noon on Saturdays.");
        Duration noticed = call.commands().stream()
                .filter(given -> given.command() instanceof Tell tell && tell.notice() instanceof ProviderFault)
                .findFirst()
                .orElseThrow()
                .at();
        Duration soundRunsOut = call.first(Say.class).plus(ms(100 + 1000));
        assertThat(noticed).isLessThanOrEqualTo(soundRunsOut.plus(ms(800)));
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_voice_that_never_speaks_ends_the_call() {
        CallTimeline call = oneQuestion()
                .llmAnswers("From nine to five.", ms(200))
                .ttsIsDead()
                .run(Duration.ofSeconds(30));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.transcript()).containsExactly("user: What are the opening hours?");
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
    }

    @Test
    void a_recogniser_that_breaks_is_replaced_and_hears_the_utterance_again() {
        CallTimeline call = oneQuestion()
                .sttFailsFirstStreams(1)
                .llmAnswers("From nine to five.", ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript())
                .containsExactly("user: What are the opening hours?", "assistant: From nine to five.");
    }

    @Test
    void a_recogniser_that_says_nothing_makes_the_agent_ask_again_and_then_give_up() {
        CallTimeline call = oneQuestion()
                .callerSays(ms(9000), ms(10_000), "The opening hours?")
                .callerSays(ms(17_000), ms(18_000), "Hello?")
                .sttSaysNothing()
                .run(Duration.ofSeconds(40));

        assertThat(call.transcript().getFirst()).startsWith("assistant: Sorry, I didn't catch that.");
        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.played()).endsWith("Goodbye.");
    }

    @Test
    void a_recogniser_that_always_fails_ends_the_call_politely() {
        CallTimeline call = oneQuestion()
                .callerSays(ms(9000), ms(10_000), "The opening hours?")
                .callerSays(ms(17_000), ms(18_000), "Hello?")
                .sttFails()
                .run(Duration.ofSeconds(40));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE));
        assertThat(call.played()).endsWith("Goodbye.");
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_recogniser_that_is_away_for_ten_seconds_is_found_again() {
        CallTimeline call = oneQuestion()
                .sttFailsFirstStreams(5)
                .callerSays(ms(9000), ms(10_000), "The opening hours?")
                .llmAnswers("From nine to five.", ms(200))
                .run(Duration.ofSeconds(18));

        assertThat(call.transcript())
                .containsExactly(
                        "assistant: Sorry, I didn't catch that. Could you say it again?",
                        "user: The opening hours?",
                        "assistant: From nine to five.");
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void what_an_old_turn_still_has_to_say_is_dropped() {
        CallTimeline call = oneQuestion()
                .llmAnswers("We are open from nine to five. ALPHA BETA GAMMA. DELTA EPSILON ZETA ETA.", ms(1500))
                .callerSays(ms(3600), ms(5000), "No, I mean the address.")
                .llmAnswers("Main Street one.", ms(300))
                .sttGivesInterims()
                .run(Duration.ofSeconds(14));

        assertThat(call.played()).doesNotContain("GAMMA.", "ETA.");
        assertThat(call.transcript()).endsWith("assistant: Main Street one.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }
}
