package dev.revox.testkit.model;

import dev.revox.conversation.ConversationCommand;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Tone;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The telephone of a call under the checker: a person who speaks and falls silent at random, and a mouth that plays what it has.
 *
 * <p><b>Thread:</b> Confined to its world.
 */
final class LooseLeg implements Ear {

    private static final int RATE_HZ = 8000;
    private static final int FRAME = RATE_HZ / 50;

    private enum Caller {
        SILENT,
        SPEAKING,
        PAUSED,
        PAUSED_SURELY
    }

    private static final class Playing {
        final ConversationCommand.Say say;
        long micros;
        boolean started;

        Playing(ConversationCommand.Say say) {
            this.say = say;
        }

        long id() {
            return say.segment().id();
        }
    }

    private final Consumer<LegEvent> events;
    private final Deque<Playing> mouth = new ArrayDeque<>();
    private Caller caller = Caller.SILENT;
    private boolean held;
    private boolean earClosed;
    private boolean sounded;
    private int frames;

    LooseLeg(Consumer<LegEvent> events) {
        this.events = events;
    }

    boolean earClosed() {
        return earClosed;
    }

    /** Any sound of the agent has left. */
    boolean sounded() {
        return sounded;
    }

    void say(ConversationCommand.Say say) {
        mouth.add(new Playing(say));
    }

    void pause(long nowNanos) {
        held = true;
        Playing head = mouth.peek();
        if (head != null && head.started) {
            events.accept(new LegEvent.Playout(new PlayoutEvent.Progress(head.id(), nowNanos, head.micros)));
        }
    }

    void resume() {
        held = false;
    }

    void flush(long nowNanos) {
        held = false;
        while (!mouth.isEmpty()) {
            Playing one = mouth.removeFirst();
            events.accept(new LegEvent.Playout(new PlayoutEvent.Flushed(one.id(), nowNanos, one.micros)));
        }
    }

    /** Plays so many frames. Answers whether anything happened. */
    boolean play(int count, long nowNanos) {
        boolean moved = false;
        short[] frame = new short[FRAME];
        for (int i = 0; i < count && !held && !mouth.isEmpty(); i++) {
            Playing head = mouth.getFirst();
            int read = head.say.frames().read(frame, 0, frame.length);
            if (read == 0) {
                return moved;
            }
            moved = true;
            if (read < 0) {
                mouth.removeFirst();
                events.accept(new LegEvent.Playout(new PlayoutEvent.Finished(head.id(), nowNanos, head.micros)));
                continue;
            }
            if (!head.started) {
                head.started = true;
                sounded = true;
                events.accept(new LegEvent.Playout(new PlayoutEvent.Started(head.id(), nowNanos)));
            }
            head.micros += head.say.format().microsOf(read);
        }
        return moved;
    }

    /** The person does something. */
    void callerActs(SplittableRandom random, long nowNanos) {
        frames += random.nextInt(10);
        long earlier = nowNanos - 1_000_000L * random.nextInt(50, 400);
        switch (caller) {
            case SILENT -> {
                caller = Caller.SPEAKING;
                events.accept(new LegEvent.SpeechStarted(nowNanos, nowNanos - 50_000_000L));
            }
            case SPEAKING -> {
                boolean surely = random.nextBoolean();
                caller = surely ? Caller.PAUSED_SURELY : Caller.PAUSED;
                events.accept(new LegEvent.SpeechPaused(nowNanos, earlier, surely));
            }
            case PAUSED -> {
                int what = random.nextInt(4);
                if (what == 0) {
                    goOn(nowNanos);
                } else if (what == 1) {
                    events.accept(new LegEvent.SpeechPaused(nowNanos, earlier, false));
                } else {
                    caller = Caller.PAUSED_SURELY;
                    events.accept(new LegEvent.SpeechPaused(nowNanos, earlier, true));
                }
            }
            case PAUSED_SURELY -> {
                if (random.nextInt(3) == 0) {
                    goOn(nowNanos);
                } else {
                    caller = Caller.SILENT;
                    events.accept(new LegEvent.SpeechEnded(nowNanos, earlier));
                }
            }
        }
    }

    private void goOn(long nowNanos) {
        caller = Caller.SPEAKING;
        events.accept(new LegEvent.SpeechResumed(nowNanos, nowNanos));
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public int read(short[] into, int offset, EarFrame frame) {
        if (earClosed) {
            return -1;
        }
        return frames-- > 0 ? FRAME : 0;
    }

    @Override
    public long droppedSamples() {
        return 0;
    }

    @Override
    public void close() {
        earClosed = true;
    }

    /** A key, or a tone of the network. */
    static LegEvent signal(SplittableRandom random, long nowNanos) {
        return random.nextBoolean()
                ? new LegEvent.DtmfReceived(nowNanos, '5', 100)
                : new LegEvent.ToneHeard(nowNanos, Tone.BEEP, 1000, 300);
    }

    static LegEvent ended(SplittableRandom random, long nowNanos) {
        LegEnd[] ends = LegEnd.values();
        return new LegEvent.Ended(nowNanos, ends[random.nextInt(ends.length)], Optional.empty());
    }
}
