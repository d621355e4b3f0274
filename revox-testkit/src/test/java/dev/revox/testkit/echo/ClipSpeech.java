package dev.revox.testkit.echo;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.ManualTime;
import java.time.Duration;

/** The agent's voice of recorded clips. */
record ClipSpeech(ManualTime time) implements TextToSpeech {

    private static final int RATE_HZ = 8000;
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final ClipVoice VOICE = ClipVoice.of(ClipSet.agent());

    @Override
    public String name() {
        return "clips";
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        return new Spoken(time, sink);
    }

    private static final class Spoken implements Utterance {
        private final ManualTime time;
        private final Sink sink;
        private final StringBuilder text = new StringBuilder();
        private boolean cancelled;

        Spoken(ManualTime time, Sink sink) {
            this.time = time;
            this.sink = sink;
        }

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void end() {
            var unused = time.schedule(DELAY, () -> {
                if (!cancelled) {
                    short[] pcm = VOICE.say(text.toString(), RATE_HZ).pcm();
                    sink.audio(pcm, 0, pcm.length);
                    sink.done();
                }
            });
        }

        @Override
        public void demand(boolean more) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
