package dev.revox.acceptance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.testkit.phone.rtp.Hearing;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.LabelledSpeech;
import dev.revox.testkit.wire.TalkCall;
import dev.revox.testkit.wire.WordTones;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an interrupted agent is said to have said, against what the far end heard. Each word of the agent is two tones of its own, so
 * the recording at the far end is read without any knowledge of what was to be said.
 */
class HeardWordsLoopbackIT {

    private static final String[] BEGINNINGS = {"b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"};
    private static final String[] MIDDLES = {"anor", "el", "ilu", "oda", "u", "arimo", "en", "isto", "ora", "eba"};
    private static final int WORDS_PER_ANSWER = 16;
    /** The tones of the voice are enough for so many. */
    private static final int ANSWERS = 8;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private static String answer(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = number * WORDS_PER_ANSWER; i < (number + 1) * WORDS_PER_ANSWER; i++) {
            String word = BEGINNINGS[i % BEGINNINGS.length] + MIDDLES[i / BEGINNINGS.length % MIDDLES.length] + "n";
            text.append(text.isEmpty() ? "" : " ").append(word);
        }
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** One answer for each turn of the caller, however often the model is asked about it. */
    private static ChatScript.Answer next(ChatScript.Request request) {
        long turns = request.messages().stream()
                .filter(message -> message.role().equals("user"))
                .count();
        return ChatScript.Answer.text(answer(Math.min((int) turns, ANSWERS) - 1));
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 5, 1", "G722, 3, 2"})
    void the_transcript_has_the_words_that_could_be_heard(String codec, int interruptions, long seed) {
        WordTones tones = new WordTones();
        TalkCall.Plan plan = TalkCall.Plan.answering("")
                .script(HeardWordsLoopbackIT::next)
                .tones(tones)
                .phone(phone -> phone.codecs(codec));
        Clip objection = LabelledSpeech.trimmed(ClipSet.caller()
                .sentence("Sorry can we make it eleven instead?")
                .orElseThrow());
        Random random = new Random(seed);
        try (TalkCall call = new TalkCall(plan, Lines::to)) {
            assertThat(call.talk().say(objection).join()).isTrue();
            for (int i = 0; i < interruptions; i++) {
                agentSpeaksFor(call, Duration.ofMillis(200 + random.nextInt(2000)));
                assertThat(call.talk().say(objection).join()).isTrue();
            }
            agentSpeaksFor(call, Duration.ofMillis(800));
            call.pass(Duration.ofMillis(100));

            List<TranscriptItem> transcript = call.end().attempt().transcript().orElseThrow();

            List<String> written = transcript.stream()
                    .filter(TranscriptItem.Assistant.class::isInstance)
                    .map(TranscriptItem::content)
                    .toList();
            List<String> heard = tones.audible(call.phone().heard());
            int cut = 0;
            for (String entry : written) {
                List<String> page = ClipSet.words(entry);
                List<String> whole = wholeAnswer(page.getFirst());
                // A word that was held and went on is heard in two pieces.
                List<String> ear =
                        heard.stream().filter(whole::contains).distinct().toList();
                assertThat(whole).startsWith(ear.toArray(String[]::new));
                assertThat(whole).startsWith(page.toArray(String[]::new));
                assertThat(Math.abs(ear.size() - page.size()))
                        .as("seed %d: heard %s, written %s", seed, ear, page)
                        .isLessThanOrEqualTo(1);
                cut += page.size() < whole.size() ? 1 : 0;
            }
            assertThat(cut).as("interrupted answers").isGreaterThanOrEqualTo(interruptions);
            // The model was told the same.
            ChatScript.Request last = call.modelRequests().stream()
                    .filter(request -> request.responseSchema().isEmpty())
                    .reduce((one, next) -> next)
                    .orElseThrow();
            assertThat(last.messages())
                    .filteredOn(message -> message.role().equals("assistant"))
                    .extracting(ChatScript.Message::content)
                    .containsExactlyElementsOf(written.subList(0, written.size() - 1));
        }
    }

    private static List<String> wholeAnswer(String firstWord) {
        return IntStream.range(0, ANSWERS)
                .mapToObj(number -> ClipSet.words(answer(number)))
                .filter(words -> words.getFirst().equals(firstWord))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer begins with " + firstWord));
    }

    private static void agentSpeaksFor(TalkCall call, Duration length) {
        long fromNanos = call.time().nanoTime();
        while (true) {
            long nowNanos = call.time().nanoTime();
            Hearing hearing = call.phone().hearing();
            if (hearing.speakingFor(length.toNanos(), fromNanos, nowNanos)) {
                return;
            }
            assertThat(nowNanos - fromNanos)
                    .as("the agent does not speak: %s", call.phone().problem())
                    .isLessThan(PATIENCE_NANOS);
            call.pass(Duration.ofMillis(5));
        }
    }
}
