package dev.revox.sip.media;

import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.codec.Codecs;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.record.RecordingWriter;
import dev.revox.line.MediaReport;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.event.DtmfSender;
import dev.revox.sip.media.wire.RtpWire;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.time.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MediaSession} on one media loop: turns calls from any thread into commands of the loop, which run in their order.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class RtpMediaSession implements MediaSession {

    /** What a session is made of. */
    record Parts(
            String legId,
            MediaLoop loop,
            TimeSource time,
            RtpWire wire,
            InboundAudio ear,
            OutboundAudio mouth,
            AudioLeg leg,
            RecordingWriter recordings,
            LegBackdrop backdrop,
            String voiceActivity) {}

    private record Codec(String encodingName, int frameMs, boolean discontinuous) {}

    private final Parts parts;
    private final int rtpPort;
    private final Consumer<RtpMediaSession> onClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Codec> codec = new AtomicReference<>();

    RtpMediaSession(Parts parts, int rtpPort, Consumer<RtpMediaSession> onClosed) {
        this.parts = parts;
        this.rtpPort = rtpPort;
        this.onClosed = onClosed;
    }

    @Override
    public int localRtpPort() {
        return rtpPort;
    }

    @Override
    public void apply(NegotiatedMedia negotiated) {
        if (closed.get()) {
            return;
        }
        Codec wanted = new Codec(
                Codecs.named(negotiated.encodingName(), negotiated.clockRateHz()),
                negotiated.packetTimeMs(),
                negotiated.discontinuous());
        Codec before = codec.getAndSet(wanted);
        // A re-INVITE that only holds or moves the peer keeps decoder, jitter buffer and voice activity as they are.
        if (before == null || !before.encodingName().equals(wanted.encodingName())) {
            parts.ear().codec(wanted.encodingName());
        }
        if (!wanted.equals(before)) {
            parts.mouth().codec(wanted.encodingName(), wanted.frameMs(), wanted.discontinuous());
        }
        parts.loop()
                .execute(() -> parts.wire()
                        .apply(
                                negotiated,
                                parts.mouth().frameMs(),
                                parts.ear(),
                                parts.time().nanoTime()));
    }

    @Override
    public void answered() {
        parts.ear().answered();
        parts.loop().execute(() -> parts.wire().answered(parts.time().nanoTime()));
    }

    @Override
    public Ear openEar() {
        return parts.ear().openEar();
    }

    @Override
    public Mouth mouth() {
        return parts.mouth();
    }

    @Override
    public void addTap(int tapId, EarTap tap) {
        parts.ear().addTap(tapId, tap);
    }

    @Override
    public void startRecording(RecordingTarget target) {
        if (closed.get()) {
            return;
        }
        int rateHz = parts.ear().sampleRateHz();
        var recorder = parts.recordings().record(target, rateHz);
        long startNanos = parts.time().nanoTime();
        parts.loop().execute(() -> {
            if (closed.get()) {
                recorder.close();
            } else {
                parts.leg().record(recorder, startNanos);
            }
        });
    }

    @Override
    public void playBackground(AmbientSound sound) {
        parts.backdrop().background(sound);
    }

    @Override
    public void playThinkingSound(AmbientSound sound) {
        parts.backdrop().thinking(sound);
    }

    @Override
    public void endThinkingSound() {
        parts.backdrop().thoughtOver();
    }

    @Override
    public void sendDtmf(String digits) {
        if (!DtmfSender.sendable(digits)) {
            throw new IllegalArgumentException(
                    "digits must be at most " + DtmfSender.CAPACITY + " of 0-9 * # A-D and w");
        }
        parts.loop().execute(() -> {
            for (int i = 0; i < digits.length(); i++) {
                boolean unused =
                        parts.wire().queueDigit(digits.charAt(i), parts.mouth().mix());
            }
        });
    }

    @Override
    public void bridge(MediaSession other) {
        if (!(other instanceof RtpMediaSession theirs) || !theirs.isOn(parts.loop())) {
            throw new IllegalArgumentException("leg " + parts.legId()
                    + " and the one it is to be bridged with are on different media loops: dial the second one with"
                    + " DialRequest.beside(legId of the first)");
        }
        if (theirs.equals(this)) {
            throw new IllegalArgumentException("leg " + parts.legId() + " cannot be bridged with itself");
        }
        parts.loop().execute(() -> {
            if (!closed.get() && !theirs.closed.get()) {
                parts.wire()
                        .bridge(
                                parts.mouth().mix(),
                                theirs.parts.wire(),
                                theirs.parts.mouth().mix());
            }
        });
    }

    @Override
    public void unbridge() {
        parts.loop().execute(() -> parts.wire().unbridge());
    }

    String legId() {
        return parts.legId();
    }

    boolean isOn(MediaLoop loop) {
        return parts.loop().equals(loop);
    }

    @Override
    public MediaReport report() {
        return parts.wire().report(parts.ear(), parts.voiceActivity());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        parts.loop().remove(parts.leg());
        parts.mouth().close();
        parts.ear().close();
        parts.loop().execute(() -> {
            try {
                parts.leg().stopRecording();
                parts.wire().close(parts.time().nanoTime());
            } finally {
                onClosed.accept(this);
            }
        });
    }
}
