package dev.revox.testkit.script.provider;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.testkit.script.provider.WordCodes.Coded;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A synthesiser that speaks coded words, five times faster than real time. <b>Thread:</b> Confined to the script's thread. */
public final class ScriptedVoice implements TextToSpeech {

    private static final int RATE_HZ = 8000;
    private static final Duration CHUNK = Duration.ofMillis(100);
    private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(20);

    /** What goes wrong with an utterance, after so much of its sound. */
    public record Fault(Duration after, boolean stalls) {}

    private final String name;
    private final ManualTime time;
    private final Work.Meter meter;
    private final WordCodes codes;
    private final Map<Integer, Fault> faults = new HashMap<>();
    private final Map<Short, Long> wordMicros = new HashMap<>();
    private int charsPerSecond = 15;
    private Duration firstByte = Duration.ofMillis(100);
    private boolean tellsWordTimes;
    private boolean dead;
    private int utterances;

    public ScriptedVoice(String name, ManualTime time, Work.Meter meter, WordCodes codes) {
        this.name = name;
        this.time = time;
        this.meter = meter;
        this.codes = codes;
    }

    public void speaks(int rate, Duration timeToFirstByte) {
        charsPerSecond = rate;
        firstByte = timeToFirstByte;
    }

    public void tellsWordTimes() {
        tellsWordTimes = true;
    }

    public void fault(int utterance, Fault fault) {
        faults.put(utterance, fault);
    }

    public void dies() {
        dead = true;
    }

    /** How long a coded word is when all of it is played. */
    public long fullMicros(short code) {
        return wordMicros.getOrDefault(code, 0L);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        return new Spoken(++utterances, sink);
    }

    private final class Spoken extends Work implements Utterance {

        private final int number;
        private final Sink sink;
        private final StringBuilder text = new StringBuilder();

        Spoken(int number, Sink sink) {
            super(time, meter);
            this.number = number;
            this.sink = sink;
        }

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void demand(boolean more) {
            // The script's clauses are short.
        }

        @Override
        public void end() {
            if (dead) {
                later(firstByte, this::fail);
                return;
            }
            long micros = text.length() * 1_000_000L / charsPerSecond;
            List<Coded> words = codes.encode(text.toString(), micros);
            words.forEach(word -> wordMicros.put(word.code(), word.endMicros() - word.startMicros()));
            Fault fault = faults.get(number);
            long lastMicros =
                    fault == null ? micros : Math.min(micros, fault.after().toNanos() / 1000);
            if (tellsWordTimes) {
                later(firstByte, () -> sink.words(timings(words)));
            }
            Duration at = firstByte;
            for (long from = 0; from < lastMicros; from += CHUNK.toNanos() / 1000) {
                short[] pcm = render(words, from, Math.min(lastMicros, from + CHUNK.toNanos() / 1000));
                later(at, () -> sink.audio(pcm, 0, pcm.length));
                at = at.plus(BETWEEN_CHUNKS);
            }
            if (fault == null) {
                later(at, () -> {
                    finish();
                    sink.done();
                });
            } else if (!fault.stalls()) {
                later(at, this::fail);
            }
        }

        private void fail() {
            finish();
            sink.failed(new ProviderException(name, ProviderException.Kind.CONNECTION, "cut"));
        }

        private List<WordTiming> timings(List<Coded> words) {
            List<WordTiming> timings = new ArrayList<>();
            for (Coded word : words) {
                timings.add(new WordTiming(codes.word(word.code()), word.startMicros(), word.endMicros()));
            }
            return timings;
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
    }
}
