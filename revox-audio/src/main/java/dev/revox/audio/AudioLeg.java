package dev.revox.audio;

import dev.revox.audio.echo.EchoSuppressor;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.loop.LoopMember;
import dev.revox.audio.record.RecordingSide;
import dev.revox.audio.record.StereoRecorder;
import org.jspecify.annotations.Nullable;

/**
 * One leg on a media loop: an ear and a mouth over one wire, and the recording of both.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class AudioLeg implements LoopMember {

    private final FrameTransport wire;
    private final InboundAudio ear;
    private final OutboundAudio mouth;
    private final LegEventRelay events;
    private @Nullable StereoRecorder recorder;

    /** A leg whose ear does not take the echo of its mouth for somebody. */
    public AudioLeg(FrameTransport wire, InboundAudio ear, OutboundAudio mouth, LegEventRelay events) {
        this(wire, ear, mouth, events, true);
    }

    /**
     * A leg. Before it is added to its loop.
     *
     * @param suppressesEcho whether the echo of the mouth is kept from voice activity and readers
     */
    public AudioLeg(
            FrameTransport wire, InboundAudio ear, OutboundAudio mouth, LegEventRelay events, boolean suppressesEcho) {
        this.wire = wire;
        this.ear = ear;
        this.mouth = mouth;
        this.events = events;
        if (suppressesEcho) {
            EchoSuppressor echo = new EchoSuppressor();
            ear.suppress(echo);
            mouth.tell(echo);
        }
    }

    /** Records both sides from {@code startNanos} on; a second recording takes the place of the first. */
    public void record(StereoRecorder fresh, long startNanos) {
        stopRecording();
        recorder = fresh;
        ear.record(new RecordingSide(fresh, false, startNanos, InboundAudio.PIECE_MS));
        mouth.record(new RecordingSide(fresh, true, startNanos, OutboundAudio.MAX_FRAME_MS));
    }

    /** Closes the recording, if there is one. */
    public void stopRecording() {
        StereoRecorder current = recorder;
        if (current != null) {
            current.close();
            recorder = null;
        }
    }

    @Override
    public void onTick(long nowNanos) {
        wire.poll(nowNanos, ear);
        ear.onTick(nowNanos);
    }

    @Override
    public void onFrameDue(long dueNanos, long nowNanos) {
        mouth.onFrame(wire, dueNanos, nowNanos);
    }

    @Override
    public void onFramesSkipped(int frames, long nowNanos) {
        mouth.onFramesSkipped(wire, frames, nowNanos);
    }

    @Override
    public long framePeriodNanos() {
        return mouth.framePeriodNanos();
    }

    @Override
    public void onDefect(Throwable defect, long nowNanos) {
        events.failed(nowNanos);
    }
}
