package dev.revox.testkit.model;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;
import java.util.List;
import java.util.SplittableRandom;

/** A synthesiser without a will of its own. <b>Thread:</b> Confined to its world. */
final class LooseVoice implements TextToSpeech {

    static final int RATE_HZ = 8000;

    private final String name;
    private final List<OpenWork> open;

    LooseVoice(String name, List<OpenWork> open) {
        this.name = name;
        this.open = open;
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
        Saying saying = new Saying(sink);
        open.add(saying);
        return saying;
    }

    private final class Saying extends OpenWork implements Utterance {

        private final Sink sink;

        Saying(Sink sink) {
            this.sink = sink;
        }

        @Override
        void act(SplittableRandom random) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    isOver();
                    sink.done();
                }
                case 2 -> {
                    isOver();
                    sink.failed(failure(name, random));
                }
                case 3 -> sink.words(List.of(new WordTiming("sure", 0, 1000L * random.nextInt(1, 500))));
                default -> {
                    short[] pcm = new short[RATE_HZ / 50 * random.nextInt(1, 60)];
                    sink.audio(pcm, 0, pcm.length);
                }
            }
        }

        @Override
        public void text(String more) {}

        @Override
        public void end() {}

        @Override
        public void demand(boolean more) {}
    }
}
