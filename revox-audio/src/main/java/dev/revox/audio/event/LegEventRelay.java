package dev.revox.audio.event;

import dev.revox.audio.loop.LoopEvents;
import dev.revox.audio.tone.ToneWatch;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.media.PlayoutEvent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries what happens to one leg on the media loop to whoever owns the leg: numbers go into the loop's ring, the dispatcher's
 * thread makes {@link LegEvent}s of them.
 *
 * <p><b>Thread:</b> Methods are confined to the media loop; the consumer is called by the loop's dispatcher.
 */
public final class LegEventRelay implements LoopEvents.Receiver {

    private static final int SPEECH_STARTED = 0;
    private static final int SPEECH_ENDED = 1;
    private static final int DTMF = 2;
    private static final int TAPPED = 3;
    private static final int PLAYOUT_STARTED = 4;
    private static final int PLAYOUT_PROGRESS = 5;
    private static final int PLAYOUT_FINISHED = 6;
    private static final int PLAYOUT_FLUSHED = 7;
    private static final int TIMED_OUT = 8;
    private static final int FAILED = 9;
    private static final int SPEECH_PAUSED = 10;
    private static final int SPEECH_RESUMED = 11;

    private final LoopEvents ring;
    private final Consumer<LegEvent> consumer;

    public LegEventRelay(LoopEvents ring, Consumer<LegEvent> consumer) {
        this.ring = ring;
        this.consumer = consumer;
    }

    public void speechStarted(long atNanos, long speechStartNanos) {
        ring.emit(this, SPEECH_STARTED, atNanos, speechStartNanos, 0);
    }

    public void speechPaused(long atNanos, long speechEndNanos, boolean confirmed) {
        ring.emit(this, SPEECH_PAUSED, atNanos, speechEndNanos, confirmed ? 1 : 0);
    }

    public void speechResumed(long atNanos, long speechStartNanos) {
        ring.emit(this, SPEECH_RESUMED, atNanos, speechStartNanos, 0);
    }

    public void speechEnded(long atNanos, long speechEndNanos) {
        ring.emit(this, SPEECH_ENDED, atNanos, speechEndNanos, 0);
    }

    /** A key press came in. */
    public void dtmf(long atNanos, char digit, int durationMs) {
        ring.emit(this, DTMF, atNanos, digit, durationMs);
    }

    public void tapped(long atNanos, int tapId, int code, long value) {
        ring.emit(this, TAPPED, atNanos, ((long) tapId << 32) | (code & 0xFFFF_FFFFL), value);
    }

    public void playoutStarted(long atNanos, long segmentId) {
        ring.emit(this, PLAYOUT_STARTED, atNanos, segmentId, 0);
    }

    public void playoutProgress(long atNanos, long segmentId, long playedMicros) {
        ring.emit(this, PLAYOUT_PROGRESS, atNanos, segmentId, playedMicros);
    }

    public void playoutFinished(long atNanos, long segmentId, long playedMicros) {
        ring.emit(this, PLAYOUT_FINISHED, atNanos, segmentId, playedMicros);
    }

    public void playoutFlushed(long atNanos, long segmentId, long playedMicros) {
        ring.emit(this, PLAYOUT_FLUSHED, atNanos, segmentId, playedMicros);
    }

    /** Nothing came for too long, which is a wish to be hung up. */
    public void timedOut(long atNanos) {
        ring.emit(this, TIMED_OUT, atNanos, 0, 0);
    }

    /** A defect took this leg off the loop. */
    public void failed(long atNanos) {
        ring.emit(this, FAILED, atNanos, 0, 0);
    }

    @Override
    public void onLoopEvent(int kind, long atNanos, long first, long second) {
        consumer.accept(
                switch (kind) {
                    case SPEECH_STARTED -> new LegEvent.SpeechStarted(atNanos, first);
                    case SPEECH_PAUSED -> new LegEvent.SpeechPaused(atNanos, first, second != 0);
                    case SPEECH_RESUMED -> new LegEvent.SpeechResumed(atNanos, first);
                    case SPEECH_ENDED -> new LegEvent.SpeechEnded(atNanos, first);
                    case DTMF -> new LegEvent.DtmfReceived(atNanos, (char) first, (int) second);
                    case TAPPED -> ToneWatch.event(atNanos, (int) (first >> 32), (int) first, second);
                    case PLAYOUT_STARTED -> playout(new PlayoutEvent.Started(first, atNanos));
                    case PLAYOUT_PROGRESS -> playout(new PlayoutEvent.Progress(first, atNanos, second));
                    case PLAYOUT_FINISHED -> playout(new PlayoutEvent.Finished(first, atNanos, second));
                    case PLAYOUT_FLUSHED -> playout(new PlayoutEvent.Flushed(first, atNanos, second));
                    case TIMED_OUT -> ended(atNanos, LegEnd.MEDIA_TIMEOUT);
                    case FAILED -> ended(atNanos, LegEnd.INTERNAL_ERROR);
                    default -> throw new IllegalStateException("no such media event: " + kind);
                });
    }

    private static LegEvent ended(long atNanos, LegEnd cause) {
        return new LegEvent.Ended(atNanos, cause, Optional.empty());
    }

    private static LegEvent playout(PlayoutEvent event) {
        return new LegEvent.Playout(event);
    }
}
