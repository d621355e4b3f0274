package dev.revox.audio;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.ear.SampleClock;
import dev.revox.audio.echo.EchoSuppressor;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.audio.mouth.Utterance;
import dev.revox.audio.record.RecordingSide;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Mouth;
import dev.revox.media.Segment;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The mouth of one leg: queued segments of speech become one encoded frame per frame time.
 *
 * <p>A frame goes out at each frame time, with silence where there is nothing to say, so the far side never has to guess; only
 * a far side that asks for it gets next to nothing of silence. What
 * is said waits, without losing a sample, while it is paused, while the wire is taken (DTMF, hold) and while a provider is
 * late; the recording and the wire's clock do not wait.
 *
 * <p>Segments play gaplessly: where one ends in the middle of a frame the next begins in the same frame. Playout is counted
 * per segment, in microseconds of the segment's own media, from the samples that were handed to the wire.
 *
 * <p><b>Thread:</b> The methods of {@link Mouth}, {@link #codec} and {@link #close} are thread-safe (they queue commands);
 * the rest is confined to the media loop and allocates nothing per frame.
 */
public final class OutboundAudio implements Mouth {

    /** The longest frame time: {@value} ms. */
    public static final int MAX_FRAME_MS = 60;

    private static final int DEFAULT_FRAME_MS = 20;
    private static final int MAX_PAYLOAD_BYTES = 1500;
    private static final int MAX_LINE_RATE_HZ = 48_000;
    private static final long PROGRESS_MICROS = 200_000;

    private final Executor loop;
    private final TimeSource time;
    private final LegEventRelay events;
    private volatile int knownLineRateHz;

    private final OutboundMix mix = new OutboundMix();
    private final ArrayList<Utterance> queue = new ArrayList<>(32);
    private final short[] frame = new short[MAX_LINE_RATE_HZ / 1000 * MAX_FRAME_MS];
    private final byte[] payload = new byte[MAX_PAYLOAD_BYTES];
    private @Nullable FrameEncoder encoder;
    private @Nullable RecordingSide recording;
    private @Nullable EchoSuppressor echo;
    private long recordingClock = Long.MIN_VALUE;
    private int lineRateHz;
    private int frameMs = DEFAULT_FRAME_MS;

    /** Segments at the head of the queue that end in the frame being made. */
    private int completed;

    private boolean paused;
    private boolean closed;

    /**
     * @param loop runs commands on the media loop, in order
     */
    public OutboundAudio(Executor loop, TimeSource time, LegEventRelay events) {
        this.loop = loop;
        this.time = time;
        this.events = events;
    }

    @Override
    public void say(Segment segment, MediaFormat format, FrameSource frames) {
        if (format.encoding() != MediaFormat.Encoding.PCM_S16) {
            throw new IllegalArgumentException("format.encoding must be PCM_S16, was " + format.encoding());
        }
        Utterance utterance = new Utterance(segment, format, frames, knownLineRateHz);
        loop.execute(() -> {
            if (closed) {
                events.playoutFlushed(time.nanoTime(), utterance.id(), 0);
            } else {
                queue.add(utterance);
            }
        });
    }

    @Override
    public void pause() {
        loop.execute(() -> {
            paused = true;
            if (!queue.isEmpty() && queue.getFirst().started()) {
                Utterance current = queue.getFirst();
                events.playoutProgress(time.nanoTime(), current.id(), current.playedMicros());
            }
        });
    }

    @Override
    public void resume() {
        loop.execute(() -> paused = false);
    }

    @Override
    public void flush() {
        loop.execute(() -> {
            flushAll();
            paused = false;
        });
    }

    private void flushAll() {
        long now = time.nanoTime();
        for (int i = 0; i < queue.size(); i++) {
            Utterance thrownAway = queue.get(i);
            events.playoutFlushed(now, thrownAway.id(), thrownAway.playedMicros());
        }
        queue.clear();
    }

    /**
     * Sets or changes how frames are encoded.
     *
     * @param frameMs 10, 20, 40 or 60, and 30 but for Opus, which has no such frame; anything else becomes 20, and so does what
     *     is too long for a datagram (L16 at 16 kHz from 60 ms on)
     */
    public void codec(String encodingName, int frameMs) {
        codec(encodingName, frameMs, false);
    }

    /**
     * Sets or changes how frames are encoded.
     *
     * @param frameMs as above
     * @param discontinuous sends next to nothing of silence, where the codec can (Opus)
     */
    public void codec(String encodingName, int frameMs, boolean discontinuous) {
        FrameEncoder fresh = Codecs.encoder(encodingName, discontinuous);
        boolean opus = fresh.clockRateHz() == 48_000;
        int usable = opus || fresh.sampleRateHz() / 1000 * frameMs * 2 <= EarBuffer.MAX_PAYLOAD_BYTES
                ? usableFrameMs(frameMs, opus)
                : DEFAULT_FRAME_MS;
        knownLineRateHz = fresh.sampleRateHz();
        loop.execute(() -> {
            if (closed) {
                fresh.close();
                return;
            }
            FrameEncoder before = encoder;
            if (before != null) {
                before.close();
            }
            encoder = fresh;
            lineRateHz = fresh.sampleRateHz();
            recordingClock = Long.MIN_VALUE;
            this.frameMs = usable;
        });
    }

    private static int usableFrameMs(int wanted, boolean opus) {
        return switch (wanted) {
            case 10, 40, 60 -> wanted;
            case 30 -> opus ? DEFAULT_FRAME_MS : wanted;
            default -> DEFAULT_FRAME_MS;
        };
    }

    /** Ends the mouth: what is left in it is flushed, what comes later too. */
    public void close() {
        loop.execute(() -> {
            if (closed) {
                return;
            }
            closed = true;
            flushAll();
            FrameEncoder last = encoder;
            if (last != null) {
                last.close();
            }
            encoder = null;
        });
    }

    /** What lies beneath the speech. Loop only. */
    public OutboundMix mix() {
        return mix;
    }

    /** The time that one frame covers. */
    public int frameMs() {
        return frameMs;
    }

    long framePeriodNanos() {
        return frameMs * 1_000_000L;
    }

    /** One frame time: speaks, or keeps the wire's clock going. */
    void onFrame(FrameTransport wire, long dueNanos, long nowNanos) {
        FrameEncoder current = encoder;
        if (current == null) {
            return;
        }
        int samples = lineRateHz / 1000 * frameMs;
        boolean voice = wire.takesVoice();
        completed = 0;
        int filled = voice && !paused && !mix.takesLine() ? fill(samples) : 0;
        Arrays.fill(frame, filled, samples, (short) 0);
        boolean sends = voice && !wire.relays(filled > 0 || hasMore(), nowNanos);
        if (sends) {
            mix.finish(frame, filled, samples, lineRateHz);
            mix.addLive(frame, samples, lineRateHz, nowNanos);
        }
        record(samples, dueNanos);
        tellEcho(sends ? samples : 0, samples);
        int bytes = sends ? current.encode(frame, 0, samples, payload, 0) : 0;
        if (bytes > 0 && current.describesSilence()) {
            wire.sendSilence(payload, 0, bytes, nowNanos);
        } else if (bytes > 0) {
            wire.send(payload, 0, bytes, nowNanos);
        } else {
            wire.pass(1, nowNanos);
        }
        if (filled > 0 || completed > 0) {
            report(nowNanos);
        }
    }

    /** What comes back of it is not to be taken for somebody. */
    void tell(EchoSuppressor suppressor) {
        echo = suppressor;
    }

    private void tellEcho(int sent, int samples) {
        EchoSuppressor suppressor = echo;
        if (suppressor == null) {
            return;
        }
        if (sent > 0) {
            suppressor.sent(frame, sent, lineRateHz);
        } else {
            suppressor.sentNothing(samples, lineRateHz);
        }
    }

    /** Besides speech: sounds beneath it, digits, or a recording that has to hold what the far side hears. */
    private boolean hasMore() {
        return mix.playing() || mix.takesLine() || recording != null;
    }

    /** Records what is said from now on. */
    void record(RecordingSide side) {
        recording = side;
        recordingClock = Long.MIN_VALUE;
    }

    private void record(int samples, long dueNanos) {
        RecordingSide side = recording;
        if (side == null) {
            return;
        }
        if (recordingClock == Long.MIN_VALUE) {
            recordingClock = SampleClock.samplesBetween(side.startNanos(), dueNanos, lineRateHz);
        }
        side.write(frame, 0, samples, lineRateHz, recordingClock);
        recordingClock += samples;
    }

    /** Frame times that the loop gave up. What was to be said in them is said later. */
    void onFramesSkipped(FrameTransport wire, int frames, long nowNanos) {
        wire.pass(frames, nowNanos);
        if (lineRateHz > 0) {
            tellEcho(0, frames * frameMs * (lineRateHz / 1000));
        }
        if (recordingClock != Long.MIN_VALUE) {
            recordingClock += (long) frames * frameMs * lineRateHz / 1000;
        }
    }

    /** Fills the frame from as many segments as it takes. @return samples that are speech */
    private int fill(int samples) {
        int filled = 0;
        while (filled < samples && completed < queue.size()) {
            Utterance current = queue.get(completed);
            filled += current.read(frame, filled, samples - filled, lineRateHz);
            current.lookAhead(samples);
            if (!current.finished()) {
                break;
            }
            completed++;
        }
        return filled;
    }

    /** Tells what the frame that was just sent meant to its segments. */
    private void report(long nowNanos) {
        for (; completed > 0; completed--) {
            Utterance done = queue.removeFirst();
            announce(done, nowNanos);
            events.playoutFinished(nowNanos, done.id(), done.wholeMicros());
        }
        if (!queue.isEmpty()) {
            Utterance current = queue.getFirst();
            announce(current, nowNanos);
            if (current.progressDue(PROGRESS_MICROS)) {
                events.playoutProgress(nowNanos, current.id(), current.playedMicros());
            }
        }
    }

    private void announce(Utterance utterance, long nowNanos) {
        if (utterance.takeStart()) {
            events.playoutStarted(nowNanos, utterance.id());
        }
    }
}
