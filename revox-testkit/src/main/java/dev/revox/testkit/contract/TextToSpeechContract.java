package dev.revox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TextToSpeech} keeps to. Its server must speak as {@link #spoken} does, sentence by sentence. */
public abstract class TextToSpeechContract {

    /** A secret that must not be seen outside of requests. */
    protected static final String KEY = "sk-canary-c0ffee";

    private static final int CHARS_PER_SECOND = 20;
    private static final Duration BEYOND_ALL_DEADLINES = Duration.ofMinutes(1);

    /** Time for the voice's deadlines; stands still unless a test moves it. */
    protected final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    /** The voice under test, over a healthy server unless told otherwise. */
    protected abstract TextToSpeech voice();

    /** The same with a wrong key that contains {@link #KEY}. */
    protected abstract TextToSpeech voiceWithWrongKey();

    /** The same with an address where nobody listens. */
    protected abstract TextToSpeech voiceWithoutServer();

    protected abstract dev.revox.assistant.sound.Voice settings();

    /** The next request or connection fails so. */
    protected abstract void failNext(Fault fault);

    /** Utterances that the server is still speaking. */
    protected abstract int speechUnderWay();

    /** True when the provider tells when words begin. */
    protected abstract boolean tellsWords();

    /** A sound from which the text can be told: each character is a twentieth of a second of its own value. */
    protected static short[] spoken(String text, int sampleRateHz) {
        int samplesPerChar = sampleRateHz / CHARS_PER_SECOND;
        short[] pcm = new short[text.length() * samplesPerChar];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (text.charAt(i / samplesPerChar) * 64 + i % 64);
        }
        return pcm;
    }

    @Test
    void an_utterance_is_heard_whole_and_in_order() {
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech voice = voice();
        TextToSpeech.Utterance utterance = voice.open(settings(), heard);
        utterance.text("Hello ");
        utterance.text("there. ");
        utterance.text("How are you today? ");
        utterance.text("Fine");
        utterance.end();

        Waiting.until("the end", heard::isOver);
        assertDone(heard);
        assertThat(heard.pcm()).isEqualTo(joined(voice.sampleRateHz(), "Hello there.", "How are you today?", "Fine"));
    }

    @Test
    void many_sentences_stay_in_order() {
        String[] sentences = new String[30];
        Arrays.setAll(sentences, i -> "This is sentence number " + i + ".");
        TextToSpeech voice = voice();

        RecordedSpeech heard = speak(voice, String.join(" ", sentences));

        assertDone(heard);
        assertThat(Arrays.equals(heard.pcm(), joined(voice.sampleRateHz(), sentences)))
                .as("the sound is that of the sentences in their order")
                .isTrue();
    }

    @Test
    void words_are_timed_from_the_start_of_the_utterance() {
        RecordedSpeech heard = speak(voice(), "Hello there. How are you today?");

        if (!tellsWords()) {
            assertThat(heard.words()).isEmpty();
            return;
        }
        assertThat(heard.words())
                .extracting(TextToSpeech.WordTiming::word)
                .containsExactly("Hello", "there.", "How", "are", "you", "today?");
        assertThat(heard.words()).isSortedAccordingTo((a, b) -> Long.compare(a.startMicros(), b.startMicros()));
        // The second sentence begins where the twelve characters of the first end.
        assertThat(heard.words().get(2).startMicros()).isBetween(590_000L, 610_000L);
        assertThat(heard.words())
                .allSatisfy(word -> assertThat(word.endMicros()).isGreaterThan(word.startMicros()));
    }

    @Test
    void nothing_to_say_is_done_at_once() {
        RecordedSpeech heard = speak(voice(), " ");

        assertDone(heard);
        assertThat(heard.samples()).isZero();
    }

    @Test
    void warming_up_does_not_fail() {
        voice().warmUp();
        voiceWithoutServer().warmUp();
        voiceWithWrongKey().warmUp();

        assertDone(speak(voice(), "Hello there."));
    }

    @Test
    void one_utterance_follows_another() {
        TextToSpeech voice = voice();
        assertDone(speak(voice, "Hello there."));
        assertDone(speak(voice, "How are you today?"));
    }

    @Test
    void two_utterances_at_once_are_not_mixed_up() {
        TextToSpeech voice = voice();
        RecordedSpeech first = new RecordedSpeech();
        RecordedSpeech second = new RecordedSpeech();
        TextToSpeech.Utterance one = voice.open(settings(), first);
        TextToSpeech.Utterance two = voice.open(settings(), second);
        one.text("Hello there.");
        two.text("How are you today?");
        two.end();
        one.end();

        Waiting.until("the end", () -> first.isOver() && second.isOver());
        assertThat(first.pcm()).isEqualTo(spoken("Hello there.", voice.sampleRateHz()));
        assertThat(second.pcm()).isEqualTo(spoken("How are you today?", voice.sampleRateHz()));
    }

    @Test
    void a_wrong_key_is_an_authentication_failure_that_does_not_show_the_key() {
        RecordedSpeech heard = speak(voiceWithWrongKey(), "Hello there.");

        assertFailed(heard, Kind.AUTHENTICATION);
        assertThat(failure(heard).retryable()).isFalse();
    }

    @Test
    void too_many_requests_say_when_to_come_back() {
        failNext(new Fault.Refuse(429, Optional.of(Duration.ofSeconds(7))));

        RecordedSpeech heard = speak(voice(), "Hello there.");

        assertFailed(heard, Kind.RATE_LIMIT);
        assertThat(failure(heard).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void a_broken_server_is_a_server_failure() {
        failNext(Fault.refuse(500));

        assertFailed(speak(voice(), "Hello there."), Kind.SERVER);
    }

    @Test
    void no_server_is_a_connection_failure() {
        assertFailed(speak(voiceWithoutServer(), "Hello there."), Kind.CONNECTION);
    }

    @Test
    void a_voice_that_stalls_in_a_sentence_fails_within_800_ms_and_frees_the_connection() {
        failNext(new Fault.StallAfter(3));
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech voice = voice();
        TextToSpeech.Utterance utterance = voice.open(settings(), heard);
        utterance.text("How are you today?");
        utterance.end();
        Waiting.until("three tenths of a second", () -> heard.samples() == 3 * voice.sampleRateHz() / 10);

        time.advance(Duration.ofMillis(800));

        Waiting.until("the end", heard::isOver);
        assertFailed(heard, Kind.STALL);
        Waiting.until("the server sees the client go", () -> speechUnderWay() == 0);
    }

    @Test
    void a_voice_that_never_begins_fails_at_its_deadline() {
        failNext(new Fault.StallAfter(0));
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech.Utterance utterance = voice().open(settings(), heard);
        utterance.text("How are you today?");
        utterance.end();
        Waiting.until("the request", () -> speechUnderWay() == 1);

        time.advance(BEYOND_ALL_DEADLINES);

        Waiting.until("the end", heard::isOver);
        assertFailed(heard, Kind.STALL);
    }

    @Test
    void a_connection_cut_in_a_sentence_is_a_connection_failure() {
        failNext(new Fault.CutAfter(2));

        RecordedSpeech heard = speak(voice(), "How are you today?");

        assertFailed(heard, Kind.CONNECTION);
    }

    @Test
    void garbage_is_a_protocol_failure_and_not_heard() {
        failNext(new Fault.GarbageAfter(0));

        RecordedSpeech heard = speak(voice(), "How are you today?");

        assertFailed(heard, Kind.PROTOCOL);
        assertThat(heard.samples()).isZero();
    }

    @Test
    void an_answer_without_sound_is_a_protocol_failure() {
        failNext(new Fault.Empty());

        assertFailed(speak(voice(), "How are you today?"), Kind.PROTOCOL);
    }

    @Test
    void after_a_failure_the_next_utterance_is_heard() {
        TextToSpeech voice = voice();
        failNext(new Fault.CutAfter(1));
        assertFailed(speak(voice, "How are you today?"), Kind.CONNECTION);

        assertDone(speak(voice, "Hello there."));
    }

    @Test
    void after_a_cancel_nothing_arrives_and_the_provider_stops() {
        failNext(new Fault.StallAfter(2));
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech voice = voice();
        TextToSpeech.Utterance utterance = voice.open(settings(), heard);
        utterance.text("How are you today?");
        utterance.end();
        int expected = 2 * voice.sampleRateHz() / 10;
        Waiting.until("two tenths of a second", () -> heard.samples() == expected);

        utterance.cancel();
        utterance.cancel();

        Waiting.until("the server sees the client go", () -> speechUnderWay() == 0);
        time.advance(Duration.ofSeconds(10));
        assertThat(heard.isOver()).isFalse();
        assertThat(heard.samples()).isEqualTo(expected);
        assertDone(speak(voice, "Hello there."));
    }

    @Test
    void without_demand_nothing_is_read_and_nothing_is_lost() {
        String sentence = "How are you today? ".repeat(40).strip();
        TextToSpeech voice = voice();
        PausingSpeech heard = new PausingSpeech();
        TextToSpeech.Utterance utterance = voice.open(settings(), heard);
        heard.pauseAtFirstSound(utterance);
        utterance.text(sentence);
        utterance.end();
        Waiting.until("sound", () -> heard.recorded().samples() > 0);

        // What the socket had already handed over may still arrive; then it is quiet, and no deadline runs.
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(heard::isQuiet);
        time.advance(Duration.ofSeconds(10));
        assertThat(heard.recorded().isOver()).isFalse();
        int before = heard.recorded().samples();
        int all = voice.sampleRateHz() * 40 * "How are you today?".length() / CHARS_PER_SECOND;
        assertThat(before).isLessThan(all);

        utterance.demand(true);

        Waiting.until("the end", () -> heard.recorded().isOver());
        assertDone(heard.recorded());
        assertThat(heard.recorded().samples()).isEqualTo(all);
    }

    /** Speaks a text to its end. */
    protected final RecordedSpeech speak(TextToSpeech voice, String text) {
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech.Utterance utterance = voice.open(settings(), heard);
        utterance.text(text);
        utterance.end();
        Waiting.until("the end", heard::isOver);
        return heard;
    }

    private static short[] joined(int sampleRateHz, String... sentences) {
        short[] joined = new short[0];
        for (String sentence : sentences) {
            short[] pcm = spoken(sentence, sampleRateHz);
            joined = Arrays.copyOf(joined, joined.length + pcm.length);
            System.arraycopy(pcm, 0, joined, joined.length - pcm.length, pcm.length);
        }
        return joined;
    }

    protected static void assertDone(RecordedSpeech heard) {
        assertThat(heard.failure()).isEmpty();
        assertThat(heard.isDone()).isTrue();
        assertThat(heard.violations()).isEmpty();
    }

    private static ProviderException failure(RecordedSpeech heard) {
        return heard.failure().orElseThrow();
    }

    protected static void assertFailed(RecordedSpeech heard, Kind kind) {
        assertThat(heard.failure()).isPresent();
        assertThat(failure(heard).kind()).as(failure(heard).getMessage()).isEqualTo(kind);
        Secrets.assertHidden(failure(heard), KEY);
        assertThat(heard.violations()).isEmpty();
    }
}
