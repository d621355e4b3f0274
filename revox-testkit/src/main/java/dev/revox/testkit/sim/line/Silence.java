package dev.revox.testkit.sim.line;

import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Mouth;
import dev.revox.media.Segment;
import java.util.function.BooleanSupplier;

/** An ear to a line without sound. <b>Thread:</b> Thread-safe. */
record Silence(BooleanSupplier over) implements Ear {
    /** A mouth that nobody hears. */
    static final Mouth MUTE = new Mouth() {
        @Override
        public void say(Segment segment, MediaFormat format, FrameSource frames) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void flush() {}
    };

    @Override
    public int sampleRateHz() {
        return 8000;
    }

    @Override
    public int read(short[] into, int offset, EarFrame frame) {
        return over.getAsBoolean() ? -1 : 0;
    }

    @Override
    public long droppedSamples() {
        return 0;
    }

    @Override
    public void close() {}
}
