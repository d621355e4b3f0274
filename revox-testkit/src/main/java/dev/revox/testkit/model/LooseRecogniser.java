package dev.revox.testkit.model;

import dev.revox.agent.stt.SpeechToText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** A recogniser without a will of its own. <b>Thread:</b> Confined to its world. */
final class LooseRecogniser implements SpeechToText {

    private static final String[] WORDS = {
        "Yes please.", "mm-hm", "", "Wait, no, not like that.", "My number is 555", "and", "Hello?", "tomorrow at three"
    };

    private final List<OpenWork> open;

    LooseRecogniser(List<OpenWork> open) {
        this.open = open;
    }

    @Override
    public String name() {
        return "loose-stt";
    }

    @Override
    public Stream open(int sampleRateHz, Sink sink) {
        Hearing hearing = new Hearing(sink);
        open.add(hearing);
        return hearing;
    }

    private static final class Hearing extends OpenWork implements Stream {

        private final Sink sink;
        private final Deque<Integer> ended = new ArrayDeque<>();
        private int pause;

        Hearing(Sink sink) {
            this.sink = sink;
        }

        @Override
        void act(SplittableRandom random) {
            String words = WORDS[random.nextInt(WORDS.length)];
            int choice = random.nextInt(12);
            if (choice == 0) {
                isOver();
                sink.failed(failure("loose-stt", random));
            } else if (choice < 5 && !ended.isEmpty()) {
                sink.finished(ended.removeFirst(), words);
            } else if (choice < 9 && pause != 0) {
                int answered = pause;
                pause = 0;
                sink.soFar(answered, words);
            } else if (choice == 11) {
                sink.interim(words);
            }
        }

        @Override
        public void audio(short[] pcm, int offset, int samples) {}

        @Override
        public void speechStarted(long leadSamples) {}

        @Override
        public void speechPaused(int number, boolean confirmed) {
            pause = number;
        }

        @Override
        public void speechEnded(int utterance) {
            ended.add(utterance);
        }

        @Override
        public void close() {
            cancel();
        }
    }
}
