package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.gemini.GeminiLive;
import dev.revox.agent.realtime.openai.OpenAiRealtime;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.stt.deepgram.DeepgramTranscription;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech;
import dev.revox.agent.tts.openai.OpenAiSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.media.MediaFormat;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.RecordedCompletion;
import dev.revox.testkit.contract.RecordedSpeech;
import dev.revox.testkit.contract.RecordedWords;
import dev.revox.testkit.contract.realtime.RecordedTalk;
import dev.revox.testkit.provider.realtime.GeminiLiveServer;
import dev.revox.testkit.provider.realtime.OpenAiRealtimeServer;
import dev.revox.testkit.provider.realtime.RealtimeScript;
import dev.revox.testkit.provider.socket.CartesiaServer;
import dev.revox.testkit.provider.socket.DeepgramServer;
import dev.revox.testkit.provider.socket.ElevenLabsServer;
import dev.revox.time.ManualTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With every logger at its most talkative, neither keys nor words are logged. */
class SecretsLoopbackIT {

    private static final String KEY = "sk-canary-deadbeef";
    private static final String WORDS = "canary sings in the mine.";

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            // HTTP frames and the like are logged by the local servers' own libraries too: all of it counts.
            log.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        listening.setLevel(Level.ALL);
        root.addHandler(listening);
    }

    @AfterEach
    void stop() {
        root.removeHandler(listening);
        root.setLevel(before);
    }

    @Test
    void a_model_that_answers_and_one_that_refuses_log_neither_key_nor_words() {
        try (ChatCompletionsServer server = ChatCompletionsServer.builder()
                        .time(time)
                        .key(Secret.of(KEY))
                        .script(request -> ChatScript.Answer.text(WORDS))
                        .start();
                OpenAiChatModel good = model(server, KEY);
                OpenAiChatModel bad = model(server, KEY + "-wrong")) {
            good.warmUp();
            for (OpenAiChatModel model : List.of(good, bad)) {
                RecordedCompletion heard = new RecordedCompletion();
                Cancellable unused = model.stream(
                        new ChatRequest(List.of(new ChatMessage.User(WORDS)), List.of(), Optional.empty()), heard);
                Awaitility.await().until(heard::isOver);
                assertThat(heard.isDone()).isEqualTo(model == good);
            }
        }
        assertNothingLeaked();
    }

    private OpenAiChatModel model(ChatCompletionsServer server, String key) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(Secret.of(key))
                .model("gpt-4.1")
                .time(time)
                .build();
    }

    @Test
    void voices_that_speak_and_ones_that_are_refused_log_neither_key_nor_words() {
        Secret key = Secret.of(KEY);
        Speaker speaker = (text, rateHz) -> new short[rateHz];
        try (SpeechServer openAi = SpeechServer.builder()
                        .time(time)
                        .key(key)
                        .speaker(speaker)
                        .start();
                CartesiaServer cartesia = CartesiaServer.start(time, key, speaker);
                ElevenLabsServer elevenLabs = ElevenLabsServer.start(time, key, speaker)) {
            for (Secret shown : List.of(key, Secret.of(KEY + "-wrong"))) {
                try (OpenAiSpeech one = OpenAiSpeech.builder()
                                .baseUrl(openAi.baseUrl())
                                .apiKey(shown)
                                .time(time)
                                .build();
                        CartesiaSpeech two = CartesiaSpeech.builder()
                                .baseUrl(cartesia.baseUrl())
                                .apiKey(shown)
                                .time(time)
                                .build();
                        ElevenLabsSpeech three = ElevenLabsSpeech.builder()
                                .baseUrl(elevenLabs.baseUrl())
                                .apiKey(shown)
                                .time(time)
                                .build()) {
                    for (TextToSpeech voice : List.of(one, two, three)) {
                        assertThat(speak(voice).isDone()).as(voice.name()).isEqualTo(shown.equals(key));
                    }
                }
            }
        }
        assertNothingLeaked();
    }

    @Test
    void realtime_models_that_answer_and_ones_that_are_refused_log_neither_key_nor_words() {
        Secret key = Secret.of(KEY);
        Speaker speaker = (text, rateHz) -> new short[rateHz];
        RealtimeScript script = (said, direction) -> RealtimeScript.Answer.text(WORDS);
        try (OpenAiRealtimeServer openAi =
                        OpenAiRealtimeServer.start(time, key, script, (pcm, rateHz) -> WORDS, speaker);
                GeminiLiveServer google = GeminiLiveServer.start(time, key, script, (pcm, rateHz) -> WORDS, speaker)) {
            for (Secret shown : List.of(key, Secret.of(KEY + "-wrong"))) {
                try (OpenAiRealtime one = OpenAiRealtime.builder()
                                .baseUrl(openAi.baseUrl())
                                .apiKey(shown)
                                .time(time)
                                .build();
                        GeminiLive two = GeminiLive.builder()
                                .baseUrl(google.baseUrl())
                                .apiKey(shown)
                                .time(time)
                                .build()) {
                    for (RealtimeModel model : List.of(one, two)) {
                        assertThat(talk(model).isDone(1)).as(model.name()).isEqualTo(shown.equals(key));
                    }
                }
            }
        }
        assertNothingLeaked();
    }

    private static RecordedTalk talk(RealtimeModel model) {
        RecordedTalk talk = new RecordedTalk();
        RealtimeModel.SessionRequest request =
                new RealtimeModel.SessionRequest("model-1", Optional.empty(), WORDS, List.of());
        try (RealtimeModel.Session session = model.open(request, talk)) {
            session.connected(16_000, MediaFormat.pcm(16_000));
            session.turnStarted(1);
            session.audio(new short[8000], 0, 8000);
            session.turnEnded(1);
            session.respond(1, new RealtimeModel.Prompt.Exactly(WORDS));
            Awaitility.await().until(() -> talk.isDone(1) || !talk.losses().isEmpty());
        }
        return talk;
    }

    @Test
    void a_streaming_recogniser_logs_neither_key_nor_words() {
        try (DeepgramServer server = DeepgramServer.start(time, Secret.of(KEY), (pcm, rateHz) -> WORDS);
                DeepgramTranscription recogniser = DeepgramTranscription.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(Secret.of(KEY))
                        .time(time)
                        .build()) {
            RecordedWords heard = new RecordedWords();
            try (SpeechToText.Stream stream = recogniser.open(8000, heard)) {
                stream.audio(new short[8000], 0, 8000);
                stream.speechStarted(8000);
                stream.speechEnded(1);
                Awaitility.await().until(() -> heard.finished().size() == 1);
            }
        }
        assertNothingLeaked();
    }

    private static RecordedSpeech speak(TextToSpeech voice) {
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech.Utterance utterance = voice.open(Voice.of(VoiceProvider.CARTESIA, "voice-1"), heard);
        utterance.text(WORDS);
        utterance.end();
        Awaitility.await().until(heard::isOver);
        return heard;
    }

    private void assertNothingLeaked() {
        root.finest("the handler hears this");
        assertThat(log).anyMatch(line -> line.contains("the handler hears this"));
        assertThat(log).noneMatch(line -> line.contains(KEY) || line.contains("canary sings"));
    }
}
