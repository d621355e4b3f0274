package dev.revox.testkit.echo;

import dev.revox.agent.stt.SpeechToText;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.Arrays;

/** A recogniser that understands the caller's clips, and the agent's as well. */
record ClipTranscription(ManualTime time) implements SpeechToText {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int KEPT_BEFORE_SPEECH = 4000;
    private static final PhraseRecogniser WORDS = PhraseRecogniser.of(ClipSet.caller(), ClipSet.agent());

    @Override
    public String name() {
        return "clips";
    }

    @Override
    public Stream open(int sampleRateHz, Sink sink) {
        return new Listening(time, sampleRateHz, sink);
    }

    private static final class Listening implements Stream {
        private final ManualTime time;
        private final int rateHz;
        private final Sink sink;
        private short[] heard = new short[0];

        Listening(ManualTime time, int rateHz, Sink sink) {
            this.time = time;
            this.rateHz = rateHz;
            this.sink = sink;
        }

        @Override
        public void audio(short[] pcm, int offset, int samples) {
            heard = Arrays.copyOf(heard, heard.length + samples);
            System.arraycopy(pcm, offset, heard, heard.length - samples, samples);
        }

        @Override
        public void speechStarted(long leadSamples) {
            int kept = (int) Math.min(heard.length, leadSamples + KEPT_BEFORE_SPEECH);
            heard = Arrays.copyOfRange(heard, heard.length - kept, heard.length);
        }

        @Override
        public void speechEnded(int utterance) {
            String text = WORDS.recognise(new Sound(heard, rateHz));
            heard = new short[0];
            var unused = time.schedule(DELAY, () -> sink.finished(utterance, text));
        }

        @Override
        public void close() {}
    }
}
