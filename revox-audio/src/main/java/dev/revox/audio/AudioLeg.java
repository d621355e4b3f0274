package dev.revox.audio;

import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.loop.LoopMember;

/**
 * One leg on a media loop: an ear and a mouth over one wire.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class AudioLeg implements LoopMember {

    private final FrameTransport wire;
    private final InboundAudio ear;
    private final OutboundAudio mouth;
    private final LegEventRelay events;

    public AudioLeg(FrameTransport wire, InboundAudio ear, OutboundAudio mouth, LegEventRelay events) {
        this.wire = wire;
        this.ear = ear;
        this.mouth = mouth;
        this.events = events;
    }

    @Override
    public void onTick(long nowNanos) {
        wire.poll(nowNanos, ear);
        ear.onTick(nowNanos);
    }

    @Override
    public void onFrameDue(long dueNanos, long nowNanos) {
        mouth.onFrame(wire, nowNanos);
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
