package dev.revox.bench.clip;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A recogniser that knows the clip, a model with one answer, a voice of one tone: each as slow as it is told to be. */
public final class IdealProviders {

    private static final String ANSWER = "Sure, I can help you with that right away.";
    private static final int VOICE_RATE_HZ = 8000;
    private static final short TONE = 3000;

    private final ManualTime time;
    private final Clip clip;
    private final Delays delays;
    private final int answerSeconds;
    private final boolean interims;
    private long clipStartNanos;
    private int modelCalls;

    public IdealProviders(ManualTime time, Clip clip, Delays delays, int answerSeconds) {
        this(time, clip, delays, answerSeconds, false);
    }

    /**
     * The same with a choice.
     *
     * @param interims whether the recogniser gives words while they are spoken, and not only at pauses
     */
    public IdealProviders(ManualTime time, Clip clip, Delays delays, int answerSeconds, boolean interims) {
        this.interims = interims;
        this.answerSeconds = answerSeconds;
        this.time = time;
        this.clip = clip;
        this.delays = delays;
    }

    void clipStarts() {
        clipStartNanos = time.nanoTime();
    }

    public int modelCalls() {
        return modelCalls;
    }

    /** Work that can be called off. */
    private final class Work implements Cancellable {
        private final List<Alarm> alarms = new ArrayList<>();

        void later(int ms, Runnable action) {
            alarms.add(time.schedule(Duration.ofMillis(ms), action));
        }

        @Override
        public void cancel() {
            alarms.forEach(Alarm::cancel);
        }
    }

    LanguageModel model() {
        return new LanguageModel() {
            @Override
            public String name() {
                return "ideal-llm";
            }

            @Override
            public Cancellable stream(ChatRequest request, LanguageModel.Sink sink) {
                modelCalls++;
                Work work = new Work();
                work.later(delays.modelMs(), () -> {
                    sink.text(ANSWER);
                    sink.done();
                });
                return work;
            }
        };
    }

    TextToSpeech voice() {
        return new TextToSpeech() {
            @Override
            public String name() {
                return "ideal-tts";
            }

            @Override
            public int sampleRateHz() {
                return VOICE_RATE_HZ;
            }

            @Override
            public Utterance open(Voice voice, TextToSpeech.Sink sink) {
                return new Speaking(sink);
            }
        };
    }

    /** So many seconds of sound for whatever it is given. */
    private final class Speaking implements TextToSpeech.Utterance {
        private final TextToSpeech.Sink sink;
        private final Work work = new Work();

        Speaking(TextToSpeech.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void text(String more) {
            // One sentence; it is spoken when it is whole.
        }

        @Override
        public void end() {
            work.later(delays.voiceMs(), () -> {
                short[] pcm = new short[answerSeconds * VOICE_RATE_HZ];
                Arrays.fill(pcm, TONE);
                sink.audio(pcm, 0, pcm.length);
                sink.done();
            });
        }

        @Override
        public void demand(boolean more) {
            // The sound is short.
        }

        @Override
        public void cancel() {
            work.cancel();
        }
    }

    SpeechToText recogniser() {
        return new SpeechToText() {
            @Override
            public String name() {
                return "ideal-stt";
            }

            @Override
            public Stream open(int sampleRateHz, SpeechToText.Sink sink) {
                return new Listening(sink);
            }
        };
    }

    private final class Listening implements SpeechToText.Stream {
        private final SpeechToText.Sink sink;
        private final Work work = new Work();
        private int taken;
        private int told;
        private int answeredPause = -1;

        Listening(SpeechToText.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void audio(short[] pcm, int offset, int samples) {
            String heard = heard();
            if (interims && heard.length() > told) {
                told = heard.length();
                String text = heard.substring(taken).strip();
                work.later(delays.recogniserMs(), () -> sink.interim(text));
            }
        }

        @Override
        public void speechStarted(long leadSamples) {
            // It hears all sound anyway.
        }

        @Override
        public void speechPaused(int pause, boolean confirmed) {
            if (pause != answeredPause) {
                answeredPause = pause;
                String text = heard().substring(taken).strip();
                work.later(delays.recogniserMs(), () -> sink.soFar(pause, text));
            }
        }

        @Override
        public void speechEnded(int utterance) {
            String heard = heard();
            String text = heard.substring(Math.min(taken, heard.length())).strip();
            taken = heard.length();
            work.later(delays.recogniserMs(), () -> sink.finished(utterance, text));
        }

        @Override
        public void close() {
            work.cancel();
        }

        private String heard() {
            return clip.textBy((time.nanoTime() - clipStartNanos) / 1e6);
        }
    }
}
