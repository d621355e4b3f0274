package dev.revox.testkit.script.provider;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.stream.ProviderException;
import dev.revox.media.MediaFormat;
import dev.revox.testkit.script.provider.WordCodes.Coded;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A model that hears coded words and speaks coded words, as a script tells it, five times faster than real time.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
public final class ScriptedRealtime implements RealtimeModel {

    private static final int RATE_HZ = 8000;
    private static final MediaFormat FORMAT = MediaFormat.pcm(RATE_HZ);
    private static final Duration CHUNK = Duration.ofMillis(100);
    private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(20);
    private static final Duration SHORTEST_WORD = Duration.ofMillis(15);
    private static final int CHARS_PER_SECOND = 15;

    /** How an answer ends. */
    public enum Ending {
        DONE,
        /** The provider reports that the response failed. */
        FAILED,
        /** The session is cut. */
        LOST,
        /** Nothing more comes. */
        STALLED
    }

    /** What it says next; {@code after} is what comes of its sound when it does not end well. */
    public record Answer(Duration firstSound, String text, Optional<ToolCall> call, Ending ending, Duration after) {}

    /** How much it was told that was heard of an item. */
    public record Truncation(String item, long heardMillis) {}

    private final ManualTime time;
    private final Work.Meter meter;
    private final WordCodes codes;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final Map<Short, Long> wordMicros = new HashMap<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<SessionRequest> sessions = new ArrayList<>();
    private final List<Truncation> truncations = new ArrayList<>();
    private final List<String> toolResults = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private Duration transcribesAfter = Duration.ofMillis(300);
    private boolean transcribesAlone = true;
    private int deadSessions;
    private Answer otherwise =
            new Answer(Duration.ofMillis(300), "I see.", Optional.empty(), Ending.DONE, Duration.ZERO);

    public ScriptedRealtime(ManualTime time, Work.Meter meter, WordCodes codes) {
        this.time = time;
        this.meter = meter;
        this.codes = codes;
    }

    public void answers(Answer answer) {
        answers.add(answer);
    }

    public void otherwise(Answer answer) {
        otherwise = answer;
    }

    public void transcribesAfter(Duration delay) {
        transcribesAfter = delay;
    }

    /** It transcribes a turn only when it answers it, as Gemini does. */
    public void answersEveryTurn() {
        transcribesAlone = false;
    }

    /** So many sessions are refused before one opens. */
    public void refuseSessions(int count) {
        deadSessions = count;
    }

    /** What it was asked to say. */
    public List<Prompt> prompts() {
        return List.copyOf(prompts);
    }

    public List<SessionRequest> sessions() {
        return List.copyOf(sessions);
    }

    public List<Truncation> truncations() {
        return List.copyOf(truncations);
    }

    public List<String> toolResults() {
        return List.copyOf(toolResults);
    }

    /** The turns that it heard. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** How long a coded word is when all of it is played. */
    public long fullMicros(short code) {
        return wordMicros.getOrDefault(code, 0L);
    }

    @Override
    public String name() {
        return "scripted-realtime";
    }

    @Override
    public Session open(SessionRequest request, Sink sink) {
        sessions.add(request);
        Talking talking = new Talking(sink);
        if (deadSessions > 0) {
            deadSessions--;
            talking.later(Duration.ofMillis(50), () -> talking.lose(sink));
        } else {
            talking.later(Duration.ofMillis(100), sink::opened);
        }
        return talking;
    }

    private ProviderException failure() {
        return new ProviderException(name(), ProviderException.Kind.CONNECTION, "cut");
    }

    private final class Talking extends Work implements Session {

        private final Sink sink;
        private final Map<Short, Integer> samples = new LinkedHashMap<>();
        private int cancelledUpTo;
        private int rateHz = RATE_HZ;

        Talking(Sink sink) {
            super(time, meter);
            this.sink = sink;
        }

        @Override
        public void connected(int earRateHz, MediaFormat line) {
            rateHz = earRateHz;
        }

        @Override
        public boolean transcribesAlone() {
            return transcribesAlone;
        }

        @Override
        public void turnStarted(int turn) {
            samples.clear();
        }

        @Override
        public void audio(short[] pcm, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                if (pcm[i] != 0) {
                    samples.merge(pcm[i], 1, Integer::sum);
                }
            }
        }

        @Override
        public void turnEnded(int turn) {
            StringJoiner words = new StringJoiner(" ");
            samples.forEach((code, count) -> {
                String word = codes.word(code);
                if (count >= rateHz * SHORTEST_WORD.toMillis() / 1000 && !word.isEmpty()) {
                    words.add(word);
                }
            });
            heard.add(words.toString());
            later(transcribesAfter, () -> sink.userSaid(turn, words.toString(), true));
        }

        @Override
        public void respond(int response, Prompt prompt) {
            prompts.add(prompt);
            Answer answer = switch (prompt) {
                case Prompt.Exactly exactly ->
                    new Answer(Duration.ofMillis(300), exactly.words(), Optional.empty(), Ending.DONE, Duration.ZERO);
                case Prompt.Answer ordinary -> next();
                case Prompt.Direction direction -> next();
            };
            speak(response, answer);
        }

        private Answer next() {
            return Optional.ofNullable(answers.poll()).orElse(otherwise);
        }

        private void speak(int response, Answer answer) {
            long micros = answer.text().length() * 1_000_000L / CHARS_PER_SECOND;
            List<Coded> words = answer.text().isEmpty() ? List.of() : codes.encode(answer.text(), micros);
            words.forEach(word -> wordMicros.put(word.code(), word.endMicros() - word.startMicros()));
            long lastMicros = answer.ending() == Ending.DONE
                    ? micros
                    : Math.min(micros, answer.after().toNanos() / 1000);
            String item = "item-" + response;
            Duration at = answer.firstSound();
            if (!answer.text().isEmpty()) {
                unlessCancelled(response, at, () -> sink.text(response, item, answer.text()));
            }
            for (long from = 0; from < lastMicros; from += CHUNK.toNanos() / 1000) {
                short[] pcm = render(words, from, Math.min(lastMicros, from + CHUNK.toNanos() / 1000));
                unlessCancelled(response, at, () -> sink.audio(response, item, FORMAT, pcm, 0, pcm.length));
                at = at.plus(BETWEEN_CHUNKS);
            }
            Duration end = at;
            answer.call().ifPresent(call -> unlessCancelled(response, end, () -> sink.toolCall(response, call)));
            switch (answer.ending()) {
                case DONE -> unlessCancelled(response, end, () -> sink.done(response));
                case FAILED -> unlessCancelled(response, end, () -> sink.failed(response, failure()));
                case LOST -> later(end, () -> lose(sink));
                case STALLED -> {} // and nothing more comes
            }
        }

        private void unlessCancelled(int response, Duration at, Runnable action) {
            later(at, () -> {
                if (response > cancelledUpTo) {
                    action.run();
                }
            });
        }

        private short[] render(List<Coded> words, long fromMicros, long toMicros) {
            int first = (int) (fromMicros * RATE_HZ / 1_000_000);
            int last = (int) (toMicros * RATE_HZ / 1_000_000);
            short[] pcm = new short[last - first];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = WordCodes.sampleAt(words, (first + i) * 1_000_000L / RATE_HZ);
            }
            return pcm;
        }

        void lose(Sink told) {
            finish();
            told.lost(failure());
        }

        @Override
        public void cancel(int response) {
            cancelledUpTo = response;
        }

        @Override
        public void truncate(String item, long heardMillis) {
            truncations.add(new Truncation(item, heardMillis));
        }

        @Override
        public void toolResult(ToolCall call, String output) {
            toolResults.add(output);
        }

        @Override
        public void close() {
            cancel();
        }
    }
}
