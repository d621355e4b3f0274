package dev.revox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SpeechToText} keeps to. Its server must recognise as {@link #understood} does. */
public abstract class SpeechToTextContract {

    /** A secret that must not be seen outside of requests. */
    protected static final String KEY = "sk-canary-0ddba11";

    protected static final int SAMPLE_RATE_HZ = 8000;

    private static final Duration BEYOND_ALL_DEADLINES = Duration.ofMinutes(1);

    /** Time for the recogniser's deadlines; stands still unless a test moves it. */
    protected final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    /** The recogniser under test, over a healthy server unless told otherwise. */
    protected abstract SpeechToText recogniser();

    /** The same with a wrong key that contains {@link #KEY}. */
    protected abstract SpeechToText recogniserWithWrongKey();

    /** The same with an address where nobody listens. */
    protected abstract SpeechToText recogniserWithoutServer();

    protected abstract void failNext(Fault fault);

    /** Recognitions that the server is still working on. */
    protected abstract int recognitionsUnderWay();

    /** The loudest sample, in words. */
    protected static String understood(short[] pcm, int sampleRateHz) {
        int loudest = 0;
        for (short sample : pcm) {
            loudest = Math.max(loudest, sample);
        }
        return loudest == 0 ? "" : "level " + loudest;
    }

    @Test
    void each_utterance_is_finished_once_with_its_own_words() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            Waiting.until("the first", () -> heard.finished().size() == 1);
            silence(stream);
            utter(stream, 2, 300);
            Waiting.until("the second", () -> heard.finished().size() == 2);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 100", 2, "level 300"));
        assertThat(heard.failures()).isEmpty();
        assertThat(heard.violations()).isEmpty();
    }

    @Test
    void the_end_of_nothing_is_finished_with_no_words() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            stream.speechEnded(5);
            Waiting.until("the end", () -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(5, ""));
    }

    @Test
    void warming_up_does_not_fail() {
        recogniser().warmUp();
        recogniserWithoutServer().warmUp();

        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            Waiting.until("the first", () -> heard.finished().size() == 1);
        }
    }

    @Test
    void two_utterances_whose_words_are_both_owed_get_their_own() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            utter(stream, 2, 300);
            Waiting.until("both", () -> heard.finished().size() == 2);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 100", 2, "level 300"));
        assertThat(heard.violations()).isEmpty();
    }

    @Test
    void words_that_are_wanted_at_a_pause_come_once_and_are_the_utterances_when_nothing_follows() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            speak(stream, 100);
            stream.speechPaused(4, false);
            stream.speechPaused(4, true);
            Waiting.until("the words so far", () -> heard.pauses().size() == 1);
            stream.audio(new short[SAMPLE_RATE_HZ / 5], 0, SAMPLE_RATE_HZ / 5);
            stream.speechEnded(1);
            Waiting.until("the utterance", () -> heard.finished().size() == 1);
        }
        assertThat(heard.pauses()).isEqualTo(Map.of(4, "level 100"));
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 100"));
        assertThat(heard.violations()).isEmpty();
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void an_utterance_that_goes_on_behind_a_pause_ends_with_its_last_words() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            speak(stream, 100);
            stream.speechPaused(1, true);
            Waiting.until("the words so far", () -> heard.pauses().size() == 1);
            stream.speechResumed();
            speak(stream, 300);
            stream.speechEnded(1);
            Waiting.until("the utterance", () -> heard.finished().size() == 1);
            silence(stream);
            utter(stream, 2, 200);
            Waiting.until("the next utterance", () -> heard.finished().size() == 2);
        }
        assertThat(heard.pauses()).isEqualTo(Map.of(1, "level 100"));
        assertThat(heard.finished().get(1)).endsWith("level 300");
        assertThat(heard.finished().get(2)).isEqualTo("level 200");
        assertThat(heard.violations()).isEmpty();
    }

    @Test
    void what_was_made_ready_while_it_rang_is_used_or_given_up() {
        SpeechToText recogniser = recogniser();
        RecordedWords heard = new RecordedWords();
        recogniser.prepare().cancel();
        try (SpeechToText.Stream stream = recogniser.prepare().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            Waiting.until("the words", () -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 100"));
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void a_wrong_key_is_an_authentication_failure_that_does_not_show_the_key() {
        assertThat(failing(recogniserWithWrongKey(), Kind.AUTHENTICATION).retryable())
                .isFalse();
    }

    @Test
    void too_many_requests_say_when_to_come_back() {
        failNext(new Fault.Refuse(429, Optional.of(Duration.ofSeconds(7))));

        assertThat(failing(recogniser(), Kind.RATE_LIMIT).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void a_broken_server_is_a_server_failure() {
        failNext(Fault.refuse(500));

        failing(recogniser(), Kind.SERVER);
    }

    @Test
    void no_server_is_a_connection_failure() {
        failing(recogniserWithoutServer(), Kind.CONNECTION);
    }

    @Test
    void an_answer_cut_in_the_middle_is_a_connection_failure() {
        failNext(new Fault.CutAfter(0));

        failing(recogniser(), Kind.CONNECTION);
    }

    @Test
    void garbage_is_a_protocol_failure() {
        failNext(new Fault.GarbageAfter(0));

        failing(recogniser(), Kind.PROTOCOL);
    }

    @Test
    void a_stall_fails_at_its_deadline_frees_the_connection_and_the_stream_goes_on() {
        failNext(new Fault.StallAfter(0));
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            Waiting.until("the request", () -> recognitionsUnderWay() == 1);

            time.advance(BEYOND_ALL_DEADLINES);

            Waiting.until("the failure", () -> heard.failures().size() == 1);
            assertThat(heard.failures().getFirst().kind()).isEqualTo(Kind.STALL);
            Waiting.until("the server sees the client go", () -> recognitionsUnderWay() == 0);
            utter(stream, 2, 200);
            Waiting.until("the second", () -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(2, "level 200"));
    }

    @Test
    void after_closing_nothing_arrives_and_the_connection_is_free() {
        failNext(new Fault.StallAfter(0));
        RecordedWords heard = new RecordedWords();
        SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard);
        utter(stream, 1, 100);
        Waiting.until("the request", () -> recognitionsUnderWay() == 1);

        stream.close();

        Waiting.until("the server sees the client go", () -> recognitionsUnderWay() == 0);
        time.advance(BEYOND_ALL_DEADLINES);
        assertThat(heard.finished()).isEmpty();
        assertThat(heard.failures()).isEmpty();
        assertThat(time.pendingCount()).isZero();
    }

    private static dev.revox.agent.stream.ProviderException failing(SpeechToText recogniser, Kind kind) {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser.open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            Waiting.until("the failure", () -> !heard.failures().isEmpty());
        }
        assertThat(heard.failures()).hasSize(1);
        assertThat(heard.finished()).isEmpty();
        assertThat(heard.failures().getFirst().kind()).isEqualTo(kind);
        Secrets.assertHidden(heard.failures().getFirst(), KEY);
        return heard.failures().getFirst();
    }

    /** Two seconds of nothing. */
    protected static void silence(SpeechToText.Stream stream) {
        stream.audio(new short[2 * SAMPLE_RATE_HZ], 0, 2 * SAMPLE_RATE_HZ);
    }

    /** One second of a level, noticed 100 ms late. */
    protected static void utter(SpeechToText.Stream stream, int utterance, int level) {
        speak(stream, level);
        stream.speechEnded(utterance);
    }

    /** The same, without its end. */
    protected static void speak(SpeechToText.Stream stream, int level) {
        sound(stream, level, 5);
        stream.speechStarted(SAMPLE_RATE_HZ / 10);
        sound(stream, level, 45);
    }

    /** So many frames of 20 ms. */
    protected static void sound(SpeechToText.Stream stream, int level, int frames) {
        short[] frame = new short[SAMPLE_RATE_HZ / 50];
        Arrays.fill(frame, (short) level);
        for (int i = 0; i < frames; i++) {
            stream.audio(frame, 0, frame.length);
        }
    }
}
