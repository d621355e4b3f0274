package dev.revox.bench.far;

import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.NoMediaSession;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** One call to the {@link FarEnd}, without sound. <b>Thread:</b> Thread-safe. */
final class FarLeg implements CallLeg {
    private static final String LINE = "far-end";
    private static final int BUSY = 486;

    private final DialRequest request;
    private final TimeSource time;
    private final Consumer<LegEvent> listener;
    private final MediaSession silence = new NoMediaSession();
    private boolean up;
    private boolean over;

    FarLeg(DialRequest request, TimeSource time, Consumer<LegEvent> listener) {
        this.request = request;
        this.time = time;
        this.listener = listener;
    }

    /** Lets the far end do one of three things after a while. */
    void live(int lot, int afterMs, int talksMs) {
        in(afterMs, () -> {
            switch (lot) {
                case 0 -> end(failed(DialError.BUSY, OptionalInt.of(BUSY)));
                case 1 -> end(failed(DialError.NO_ANSWER, OptionalInt.empty()));
                default -> {
                    answered();
                    in(talksMs, () -> end(ended(LegEnd.REMOTE_HANGUP)));
                }
            }
        });
    }

    private void in(int ms, Runnable step) {
        Alarm unused = time.schedule(Duration.ofMillis(ms), step);
    }

    private synchronized void answered() {
        if (!over) {
            up = true;
            listener.accept(new LegEvent.Answered(time.nanoTime(), "PCMU", 8000));
        }
    }

    private LegEvent failed(DialError error, OptionalInt status) {
        return new LegEvent.DialFailed(
                time.nanoTime(), error, new SipFailure(status, OptionalInt.empty(), Optional.empty(), LINE));
    }

    private LegEvent ended(LegEnd cause) {
        return new LegEvent.Ended(time.nanoTime(), cause, Optional.empty());
    }

    private synchronized void end(LegEvent event) {
        if (!over) {
            over = true;
            Said.say(
                    Said.OVER, request.callId(), request.legId(), time.instant().toEpochMilli());
            listener.accept(event);
        }
    }

    @Override
    public String legId() {
        return request.legId();
    }

    @Override
    public synchronized void hangUp() {
        end(up ? ended(LegEnd.LOCAL_HANGUP) : failed(DialError.NO_ANSWER, OptionalInt.empty()));
    }

    @Override
    public void answer() {}

    @Override
    public Ear openEar() {
        return silence.openEar();
    }

    @Override
    public Mouth mouth() {
        return silence.mouth();
    }

    @Override
    public void addTap(int tapId, EarTap tap) {}

    @Override
    public void startRecording(RecordingTarget target) {}

    @Override
    public void playBackground(AmbientSound sound) {}

    @Override
    public void playThinkingSound(AmbientSound sound) {}

    @Override
    public void endThinkingSound() {}

    @Override
    public void sendDtmf(String digits) {}

    @Override
    public MediaReport mediaReport() {
        return MediaReport.NONE;
    }
}
