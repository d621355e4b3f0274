package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.cache.SpeechCacheSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.LegEnd;
import dev.revox.order.Direction;
import dev.revox.testkit.script.provider.ScriptedModel;
import dev.revox.testkit.script.provider.ScriptedRecogniser;
import dev.revox.testkit.script.provider.ScriptedVoice;
import dev.revox.testkit.script.provider.WordCodes;
import dev.revox.testkit.script.provider.Work;
import dev.revox.time.ManualTime;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the calls of a campaign ask a speech provider for. */
class CampaignSpeechTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
    private final Work.Meter meter = new Work.Meter();
    private final WordCodes codes = new WordCodes();
    private final List<String> asked = new ArrayList<>();
    private final ScriptedVoice voice = new ScriptedVoice("scripted-tts", time, meter, codes);

    /** The scripted voice, with a bill. */
    private final class Billed implements TextToSpeech {

        @Override
        public String name() {
            return voice.name();
        }

        @Override
        public int sampleRateHz() {
            return voice.sampleRateHz();
        }

        @Override
        public Utterance open(Voice wanted, Sink sink) {
            Utterance utterance = voice.open(wanted, sink);
            return new Utterance() {
                @Override
                public void text(String more) {
                    asked.add(more);
                    utterance.text(more);
                }

                @Override
                public void end() {
                    utterance.end();
                }

                @Override
                public void demand(boolean more) {
                    utterance.demand(more);
                }

                @Override
                public void cancel() {
                    utterance.cancel();
                }
            };
        }
    }

    private VoiceAgent agent(SpeechCacheSettings cache) {
        voice.tellsWordTimes();
        return VoiceAgents.builder()
                .languageModel(new ScriptedModel(time, meter))
                .speechToText(new ScriptedRecogniser(time, meter, codes))
                .textToSpeech(VoiceProvider.CARTESIA, new Billed())
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "scripted"))
                .speechCache(cache)
                .build();
    }

    /** A call in which the person listens to the first sentence; gives what was heard, by the transcript. */
    private String call(VoiceAgent agent, String firstSentence, Duration lasts) {
        ScriptedWorld world = new ScriptedWorld(time);
        Conversation conversation = agent.open(setup(firstSentence), world::mailbox);
        world.host(conversation);
        world.post(new ConversationEvent.Dialling());
        time.advance(Duration.ofSeconds(2));
        world.answer();
        time.advance(lasts);
        world.end(LegEnd.REMOTE_HANGUP);
        time.settle();
        assertThat(meter.open()).isZero();
        return conversation.result().transcript().stream()
                .filter(TranscriptItem.Assistant.class::isInstance)
                .map(item -> ((TranscriptItem.Assistant) item).content())
                .findFirst()
                .orElse("");
    }

    private ConversationSetup setup(String firstSentence) {
        return new ConversationSetup(
                "order-1",
                "attempt-1",
                Direction.OUTBOUND,
                Assistant.prompt("You confirm appointments.")
                        .firstSentence(firstSentence)
                        .firstSentenceMode(FirstSentenceMode.STATIC)
                        .identity("assistant-1", time.instant(), time.instant())
                        .build(),
                Optional.empty(),
                Duration.ofMillis(400),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                time);
    }

    @Test
    void the_same_first_sentence_is_paid_for_once_and_heard_in_both_calls() {
        try (VoiceAgent agent = agent(SpeechCacheSettings.DEFAULT)) {
            String sentence = "Good morning! This is the clinic.";

            assertThat(call(agent, sentence, Duration.ofSeconds(5))).isEqualTo(sentence);
            assertThat(call(agent, sentence, Duration.ofSeconds(5))).isEqualTo(sentence);
            assertThat(asked).containsExactly("Good morning!", "This is the clinic.");
        }
    }

    @Test
    void kept_sound_is_cut_where_the_call_was_cut() {
        try (VoiceAgent agent = agent(SpeechCacheSettings.DEFAULT)) {
            String sentence = "This is the clinic with a reminder of your appointment.";
            call(agent, sentence, Duration.ofSeconds(6));

            String heard = call(agent, sentence, Duration.ofMillis(1900));

            assertThat(asked).hasSize(1);
            assertThat(heard).isNotEmpty().isNotEqualTo(sentence);
            assertThat(sentence).startsWith(heard + " ");
        }
    }

    @Test
    void a_name_in_the_first_sentence_is_paid_for_by_name() {
        try (VoiceAgent agent = agent(SpeechCacheSettings.DEFAULT)) {
            assertThat(call(agent, "Am I speaking with Dana?", Duration.ofSeconds(5)))
                    .endsWith("Dana?");
            assertThat(call(agent, "Am I speaking with Kim?", Duration.ofSeconds(5)))
                    .endsWith("Kim?");

            assertThat(asked).containsExactly("Am I speaking with Dana?", "Am I speaking with Kim?");
        }
    }

    @Test
    void without_the_cache_every_call_pays() {
        try (VoiceAgent agent = agent(SpeechCacheSettings.OFF)) {
            call(agent, "Good morning!", Duration.ofSeconds(4));
            call(agent, "Good morning!", Duration.ofSeconds(4));

            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void an_agent_that_is_gone_keeps_nothing() {
        try (VoiceAgent agent = agent(SpeechCacheSettings.DEFAULT)) {
            call(agent, "Good morning!", Duration.ofSeconds(4));
        }
        try (VoiceAgent agent = agent(SpeechCacheSettings.DEFAULT)) {
            call(agent, "Good morning!", Duration.ofSeconds(4));
        }

        assertThat(asked).hasSize(2);
    }
}
