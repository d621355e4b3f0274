package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.stt.deepgram.DeepgramTranscription;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.RecordedWords;
import dev.revox.testkit.contract.SpeechToTextContract;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.socket.DeepgramServer;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeepgramTranscriptionLoopbackIT extends SpeechToTextContract {

    private static final int WIDEBAND_RATE_HZ = 16_000;
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);

    private final DeepgramServer server = DeepgramServer.start(time, Secret.of(KEY), SpeechToTextContract::understood);
    private final List<DeepgramTranscription> recognisers = new ArrayList<>();

    @AfterEach
    void close() {
        recognisers.forEach(DeepgramTranscription::close);
        server.close();
    }

    private DeepgramTranscription recogniser(URI baseUrl, String key) {
        DeepgramTranscription recogniser = DeepgramTranscription.builder()
                .baseUrl(baseUrl)
                .apiKey(Secret.of(key))
                .language("en")
                .time(time)
                .build();
        recognisers.add(recogniser);
        return recogniser;
    }

    @Override
    protected SpeechToText recogniser() {
        return recogniser(server.baseUrl(), KEY);
    }

    @Override
    protected SpeechToText recogniserWithWrongKey() {
        return recogniser(server.baseUrl(), KEY + "-wrong");
    }

    @Override
    protected SpeechToText recogniserWithoutServer() {
        return recogniser(URI.create("ws://127.0.0.1:1"), KEY);
    }

    @Override
    protected void failNext(Fault fault) {
        server.failNext(fault);
    }

    @Override
    protected int recognitionsUnderWay() {
        return server.recognitionsUnderWay();
    }

    @Test
    void words_are_told_while_somebody_still_speaks() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            until(() -> heard.finished().size() == 1);
        }
        assertThat(heard.interims()).isNotEmpty().containsOnly("level 100");
        assertThat(server.opened())
                .containsExactly(new DeepgramServer.Stream(SAMPLE_RATE_HZ, "nova-3", Optional.of("en"), true));
    }

    @Test
    void the_end_of_a_word_that_came_behind_a_question_is_told_when_the_pause_is_told_again() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            speak(stream, 900);
            stream.speechPaused(1, false);
            until(() -> "level 900".equals(heard.pauses().get(1)));
            sound(stream, 100, 10);
            stream.speechPaused(1, false);
            until(() -> "level 900 level 100".equals(heard.pauses().get(1)));
            sound(stream, 500, 10);
            stream.speechPaused(1, true);
            until(() -> "level 900 level 100 level 500".equals(heard.pauses().get(1)));
            stream.speechEnded(1);
            until(() -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 900 level 100 level 500"));
        assertThat(heard.violations()).isEmpty();
    }

    @Test
    void speech_that_ends_right_behind_the_second_question_gets_its_answer_too() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            speak(stream, 900);
            stream.speechPaused(1, false);
            until(() -> "level 900".equals(heard.pauses().get(1)));
            sound(stream, 100, 10);
            stream.speechPaused(1, true);
            stream.speechEnded(1);
            until(() -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 900 level 100"));
    }

    @Test
    void speech_that_ends_before_its_pause_was_answered_gets_that_answer() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            speak(stream, 900);
            stream.speechPaused(1, false);
            stream.speechEnded(1);
            until(() -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 900"));
    }

    @Test
    void what_was_said_before_an_utterance_began_is_not_part_of_it() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 900);
            until(() -> heard.finished().size() == 1);
            utter(stream, 2, 100);
            until(() -> heard.finished().size() == 2);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(1, "level 900", 2, "level 100"));
    }

    @Test
    void a_prepared_socket_outlives_a_long_ringing_and_is_the_only_one() {
        try (DeepgramServer strict = DeepgramServer.start(
                time, Secret.of(KEY), SpeechToTextContract::understood, Duration.ZERO, IDLE_LIMIT)) {
            DeepgramTranscription recogniser = recogniser(strict.baseUrl(), KEY);
            SpeechToText.Preparation ready = recogniser.prepare();
            for (int beats = 1; beats <= 8; beats++) {
                int expected = beats;
                time.advance(Duration.ofSeconds(4));
                until(() -> strict.signsOfLife() == expected);
            }
            RecordedWords heard = new RecordedWords();
            try (SpeechToText.Stream stream = ready.open(SAMPLE_RATE_HZ, heard)) {
                utter(stream, 1, 100);
                until(() -> heard.finished().size() == 1);
            }
            assertThat(strict.opened()).hasSize(1);
            until(() -> strict.openConnections() == 0);
        }
    }

    @Test
    void a_call_with_another_rate_gets_a_socket_of_its_own() {
        RecordedWords heard = new RecordedWords();
        SpeechToText.Preparation ready = recogniser().prepare();
        until(() -> server.openConnections() == 1);
        try (SpeechToText.Stream stream = ready.open(WIDEBAND_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            until(() -> heard.finished().size() == 1);
            until(() -> server.openConnections() == 1);
        }
        assertThat(server.opened().getLast().sampleRateHz()).isEqualTo(WIDEBAND_RATE_HZ);
    }

    @Test
    void a_preparation_that_is_given_up_leaves_nothing_behind() {
        SpeechToText.Preparation ready = recogniser().prepare();
        until(() -> server.openConnections() == 1);

        ready.cancel();

        until(() -> server.openConnections() == 0);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_socket_that_is_lost_in_an_utterance_loses_it_and_the_next_one_is_heard_from_its_beginning() {
        server.failNext(new Fault.CutAfter(1));
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            utter(stream, 1, 100);
            until(() -> heard.failures().size() == 1);
            assertThat(heard.failures().getFirst().kind()).isEqualTo(Kind.CONNECTION);

            utter(stream, 2, 300);
            until(() -> heard.finished().size() == 1);
        }
        assertThat(heard.finished()).isEqualTo(Map.of(2, "level 300"));
    }

    @Test
    void a_server_that_never_answers_the_handshake_is_given_up() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0)) {
            RecordedWords heard = new RecordedWords();
            DeepgramTranscription recogniser = recogniser(URI.create("ws://127.0.0.1:" + deaf.getLocalPort()), KEY);
            try (SpeechToText.Stream stream = recogniser.open(SAMPLE_RATE_HZ, heard)) {
                utter(stream, 1, 100);
                time.advance(Duration.ofSeconds(6));
                until(() -> heard.failures().size() == 1);
            }
            assertThat(heard.failures().getFirst().kind()).isEqualTo(Kind.STALL);
            assertThat(time.pendingCount()).isZero();
        }
    }

    private static void until(Callable<Boolean> happened) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(happened);
    }
}
