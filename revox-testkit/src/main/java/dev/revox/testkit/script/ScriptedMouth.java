package dev.revox.testkit.script;

import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A mouth that plays 20 ms per tick and remembers how much of each coded word has left.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
final class ScriptedMouth {

    private static final int PROGRESS_TICKS = 10;

    private static final class Playing {
        final long segmentId;
        final MediaFormat format;
        final FrameSource frames;
        long samples;
        int ticks;

        Playing(long segmentId, MediaFormat format, FrameSource frames) {
            this.segmentId = segmentId;
            this.format = format;
            this.frames = frames;
        }

        long micros() {
            return format.microsOf(samples);
        }
    }

    private final ArrayDeque<Playing> queue = new ArrayDeque<>();
    private final Map<Short, Long> playedMicros = new LinkedHashMap<>();
    private final Consumer<PlayoutEvent> events;
    private boolean paused;

    ScriptedMouth(Consumer<PlayoutEvent> events) {
        this.events = events;
    }

    void say(Segment segment, MediaFormat format, FrameSource frames) {
        queue.add(new Playing(segment.id(), format, frames));
    }

    void pause(long nowNanos) {
        paused = true;
        Playing head = queue.peek();
        if (head != null && head.samples > 0) {
            events.accept(new PlayoutEvent.Progress(head.segmentId, nowNanos, head.micros()));
        }
    }

    void resume() {
        paused = false;
    }

    void flush(long nowNanos) {
        paused = false;
        for (Playing one : queue) {
            events.accept(new PlayoutEvent.Flushed(one.segmentId, nowNanos, one.micros()));
        }
        queue.clear();
    }

    /** Plays 20 ms. Answers whether any sound left. */
    boolean tick(long nowNanos) {
        int leftMicros = paused ? 0 : 20_000;
        boolean sounded = false;
        while (leftMicros > 0 && !queue.isEmpty()) {
            Playing head = queue.getFirst();
            short[] frame = new short[(int) head.format.samplesIn(leftMicros)];
            int read = head.frames.read(frame, 0, frame.length);
            if (read == 0) {
                break;
            }
            if (read < 0) {
                queue.removeFirst();
                events.accept(new PlayoutEvent.Finished(head.segmentId, nowNanos, head.micros()));
                continue;
            }
            if (head.samples == 0) {
                events.accept(new PlayoutEvent.Started(head.segmentId, nowNanos));
            }
            sounded = true;
            head.samples += read;
            leftMicros -= (int) head.format.microsOf(read);
            long sampleMicros = 1_000_000L / head.format.sampleRateHz();
            for (int i = 0; i < read; i++) {
                playedMicros.merge(frame[i], sampleMicros, Long::sum);
            }
            if (++head.ticks % PROGRESS_TICKS == 0) {
                events.accept(new PlayoutEvent.Progress(head.segmentId, nowNanos, head.micros()));
            }
        }
        return sounded;
    }

    /** How long each coded word has sounded, in the order in which they first did. */
    Map<Short, Long> playedMicros() {
        return playedMicros;
    }
}
