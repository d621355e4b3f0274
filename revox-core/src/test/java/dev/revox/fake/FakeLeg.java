package dev.revox.fake;

import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Mouth;
import dev.revox.media.Segment;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A leg without sound: it reports what a test tells it to, and an end when it is hung up. */
public final class FakeLeg implements CallLeg {
    private final String legId;
    private final boolean deaf;
    private @Nullable TimeSource time;
    private @Nullable Consumer<LegEvent> listener;
    private boolean answered;
    private boolean answerAsked;
    private boolean terminal;
    private int hangUps;
    private int ears;
    private final List<Path> recordings = new ArrayList<>();
    private final List<String> sounds = new ArrayList<>();

    /**
     * A leg that is not connected yet.
     *
     * @param deaf it never confirms a hang-up
     */
    public FakeLeg(String legId, boolean deaf) {
        this.legId = legId;
        this.deaf = deaf;
    }

    public void connect(TimeSource world, Consumer<LegEvent> to) {
        time = world;
        listener = to;
    }

    public void emit(LegEvent event) {
        if (terminal || listener == null) {
            return;
        }
        answered |= event instanceof LegEvent.Answered;
        terminal |= event.terminal();
        listener.accept(event);
    }

    public void emitIn(Duration delay, java.util.function.LongFunction<LegEvent> event) {
        TimeSource world = world();
        dev.revox.time.Alarm unused = world.schedule(delay, () -> emit(event.apply(world.nanoTime())));
    }

    public long nanoTime() {
        return world().nanoTime();
    }

    private TimeSource world() {
        if (time == null) {
            throw new IllegalStateException("connect the leg first");
        }
        return time;
    }

    public boolean used() {
        return listener != null;
    }

    public boolean answerAsked() {
        return answerAsked;
    }

    public boolean terminalSeen() {
        return terminal;
    }

    public void markTerminal() {
        terminal = true;
    }

    public int hangUps() {
        return hangUps;
    }

    public int openEars() {
        return ears;
    }

    /** What was asked for beneath the speech. */
    public List<String> sounds() {
        return sounds;
    }

    public List<Path> recordings() {
        return recordings;
    }

    @Override
    public String legId() {
        return legId;
    }

    @Override
    public void answer() {
        answerAsked = true;
    }

    @Override
    public Ear openEar() {
        ears++;
        return new Silence();
    }

    @Override
    public Mouth mouth() {
        return new Mute();
    }

    @Override
    public void addTap(int tapId, EarTap tap) {}

    @Override
    public void startRecording(RecordingTarget target) {
        recordings.add(target.file());
    }

    @Override
    public void playBackground(AmbientSound sound) {
        sounds.add("background " + sound.clip());
    }

    @Override
    public void playThinkingSound(AmbientSound sound) {
        sounds.add("thinking " + sound.clip());
    }

    @Override
    public void endThinkingSound() {
        sounds.add("thought over");
    }

    @Override
    public void sendDtmf(String digits) {}

    @Override
    public void hangUp() {
        hangUps++;
        if (deaf || listener == null) {
            return;
        }
        emitIn(
                Duration.ofMillis(20),
                now -> answered
                        ? new LegEvent.Ended(now, LegEnd.LOCAL_HANGUP, Optional.empty())
                        : new LegEvent.DialFailed(now, DialError.NO_ANSWER, SipFailure.local("cancelled", "fake")));
    }

    @Override
    public MediaReport mediaReport() {
        return MediaReport.NONE;
    }

    private final class Silence implements Ear {
        private boolean closed;

        @Override
        public int sampleRateHz() {
            return 8000;
        }

        @Override
        public int read(short[] into, int offset, EarFrame frame) {
            return terminal ? -1 : 0;
        }

        @Override
        public long droppedSamples() {
            return 0;
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("an ear is closed once");
            }
            closed = true;
            ears--;
        }
    }

    private static final class Mute implements Mouth {
        @Override
        public void say(Segment segment, MediaFormat format, FrameSource frames) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void flush() {}
    }
}
