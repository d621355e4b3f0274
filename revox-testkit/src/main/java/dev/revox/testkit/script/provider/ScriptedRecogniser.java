package dev.revox.testkit.script.provider;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** A recogniser that reads coded words from the sound that reaches it. <b>Thread:</b> Confined to the script's thread. */
public final class ScriptedRecogniser implements SpeechToText {

    /** A word is understood when this much of it was heard. */
    private static final Duration SHORTEST_WORD = Duration.ofMillis(15);

    /** What it does with the ends of utterances. */
    public enum Mood {
        WORKS,
        SAYS_NOTHING,
        FAILS
    }

    private final ManualTime time;
    private final Work.Meter meter;
    private final WordCodes codes;
    private Duration delay = Duration.ofMillis(150);
    private boolean interims;
    private boolean atPauses = true;
    private Mood mood = Mood.WORKS;
    private int failingStreams;

    public ScriptedRecogniser(ManualTime time, Work.Meter meter, WordCodes codes) {
        this.time = time;
        this.meter = meter;
        this.codes = codes;
    }

    public void needs(Duration value) {
        delay = value;
    }

    public void givesInterims() {
        interims = true;
    }

    /** It has no words before the end of an utterance. */
    public void waitsForTheEnd() {
        atPauses = false;
    }

    public void mood(Mood value) {
        mood = value;
    }

    /** The first streams fail at the end of their first utterance. */
    public void failFirstStreams(int count) {
        failingStreams = count;
    }

    @Override
    public String name() {
        return "scripted-stt";
    }

    @Override
    public Stream open(int sampleRateHz, Sink sink) {
        boolean fails = failingStreams > 0;
        failingStreams = Math.max(0, failingStreams - 1);
        return new Listening(sampleRateHz, sink, fails);
    }

    private final class Listening extends Work implements Stream {

        private final int shortestSamples;
        private final Sink sink;
        private final boolean failing;
        private final Map<Short, Integer> heard = new LinkedHashMap<>();
        private String lastInterim = "";
        private int answeredPause;

        Listening(int sampleRateHz, Sink sink, boolean failing) {
            super(time, meter);
            this.shortestSamples = (int) (sampleRateHz * SHORTEST_WORD.toMillis() / 1000);
            this.sink = sink;
            this.failing = failing;
        }

        @Override
        public void audio(short[] pcm, int offset, int samples) {
            for (int i = offset; i < offset + samples; i++) {
                if (pcm[i] != 0) {
                    heard.merge(pcm[i], 1, Integer::sum);
                }
            }
            String text = text();
            if (interims && mood == Mood.WORKS && !text.isEmpty() && !text.equals(lastInterim)) {
                lastInterim = text;
                later(Duration.ofMillis(60), () -> sink.interim(text));
            }
        }

        @Override
        public void speechStarted(long leadSamples) {
            // It hears all sound anyway.
        }

        @Override
        public void speechPaused(int pause, boolean confirmed) {
            if (pause != answeredPause && !failing && mood == Mood.WORKS && atPauses) {
                answeredPause = pause;
                String text = text();
                later(delay, () -> sink.soFar(pause, text));
            }
        }

        @Override
        public void speechEnded(int utterance) {
            String text = text();
            heard.clear();
            lastInterim = "";
            if (failing || mood == Mood.FAILS) {
                later(delay, () -> {
                    finish();
                    sink.failed(new ProviderException(name(), ProviderException.Kind.CONNECTION, "cut"));
                });
            } else if (mood == Mood.WORKS) {
                later(delay, () -> sink.finished(utterance, text));
            }
        }

        @Override
        public void close() {
            cancel();
        }

        private String text() {
            StringJoiner words = new StringJoiner(" ");
            heard.forEach((code, samples) -> {
                String word = codes.word(code);
                if (samples >= shortestSamples && !word.isEmpty()) {
                    words.add(word);
                }
            });
            return words.toString();
        }
    }
}
