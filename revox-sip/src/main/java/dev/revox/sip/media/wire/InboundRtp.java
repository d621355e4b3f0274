package dev.revox.sip.media.wire;

import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.FrameTransport.Inlet;
import dev.revox.sip.event.DigitWays;
import dev.revox.sip.event.DtmfReceiver;
import dev.revox.sip.rtcp.RtcpSession;
import dev.revox.sip.rtp.EarlyPackets;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.SourceLatch;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.srtp.SrtpSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What comes in by one leg's sockets: whom to believe, what is sound and what a key press, and who else hears it.
 *
 * <p><b>Thread:</b> Confined to the media loop; {@link #dropped} may be read by anyone.
 */
final class InboundRtp {
    private static final int COMFORT_NOISE = 13;
    private static final int COMFORT_NOISE_HZ = 8000;
    private static final int NONE = -1;

    private final RtpReceiver receiver;
    private final SourceLatch latch;
    private final RtcpSession rtcp;
    private final int ownSsrc;
    private final SilenceLimit silenceLimit;
    private final DigitWays digits;
    private final DtmfReceiver dtmf;
    private final RtpPacketView view = new RtpPacketView();

    private @Nullable NegotiatedMedia media;
    private @Nullable SrtpSession srtp;
    private @Nullable Inlet inlet;
    private @Nullable OnwardSound onward;
    private @Nullable EarlyPackets early = new EarlyPackets();
    private int audioType = NONE;
    private int audioTypeToo = NONE;
    private int eventType = NONE;
    private int eventSsrc;
    private volatile long dropped;

    InboundRtp(
            RtpReceiver receiver,
            SourceLatch latch,
            RtcpSession rtcp,
            int ownSsrc,
            SilenceLimit silenceLimit,
            DigitWays digits,
            LegEventRelay events) {
        this.receiver = receiver;
        this.latch = latch;
        this.rtcp = rtcp;
        this.ownSsrc = ownSsrc;
        this.silenceLimit = silenceLimit;
        this.digits = digits;
        dtmf = new DtmfReceiver((digit, durationMs, nowNanos) -> {
            events.dtmf(nowNanos, digit, durationMs);
            OnwardSound alsoThere = onward;
            if (alsoThere != null) {
                alsoThere.onDigit(digit);
            }
        });
    }

    void apply(NegotiatedMedia negotiated, @Nullable SrtpSession encryption, Inlet ear, long nowNanos) {
        srtp = encryption;
        media = negotiated;
        inlet = ear;
        audioType = negotiated.receivePayloadType();
        audioTypeToo = negotiated.payloadType();
        eventType = negotiated.receiveTelephoneEventPayloadType().orElse(NONE);
        receiver.clockRate(negotiated.clockRateHz());
        latch.onDescription(negotiated.remoteRtp(), nowNanos);
        silenceLimit.onDescription(negotiated, nowNanos);
        digits.onDescription(negotiated);
        EarlyPackets before = early;
        if (before != null) {
            early = null;
            before.replay(this::onRtpDatagram, nowNanos);
        }
    }

    /** Who else hears what comes in, or nobody. */
    void onward(@Nullable OnwardSound other) {
        onward = other;
    }

    @Nullable
    NegotiatedMedia media() {
        return media;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    void onRtpDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
        NegotiatedMedia agreed = media;
        if (agreed != null && agreed.rtcpMux() && RtcpSession.looksLikeRtcp(bytes, offset, length)) {
            onRtcpDatagram(bytes, offset, length, source, arrivalNanos);
            return;
        }
        if (agreed == null && early != null && early.keep(bytes, offset, length, source, arrivalNanos)) {
            return;
        }
        SrtpSession secure = srtp;
        int plain = secure == null || agreed == null ? length : secure.unprotectRtp(bytes, offset, length);
        if (agreed == null || plain == SrtpSession.REFUSED || !view.wrap(bytes, offset, plain)) {
            drop();
            return;
        }
        int type = view.payloadType();
        boolean audio = type == audioType || type == audioTypeToo;
        boolean known = audio || type == eventType || type == COMFORT_NOISE;
        if (!known || !believed(secure, source, arrivalNanos)) {
            drop();
            return;
        }
        if (type == eventType) {
            onEvent(agreed, bytes, arrivalNanos);
            if (!receiver.active() || view.ssrc() != receiver.ssrc()) {
                // A generator with a source of its own must neither cut into the stream of sound nor delay its start.
                silenceLimit.onMedia(arrivalNanos);
                return;
            }
        }
        switch (receiver.onPacket(view.ssrc(), view.sequenceNumber(), view.timestamp(), arrivalNanos)) {
            case ACCEPT, ACCEPT_NEW_STREAM -> {
                silenceLimit.onMedia(arrivalNanos);
                deliver(type, agreed, bytes, arrivalNanos);
            }
            case DROP -> drop();
            // The first packet of a call is no stranger's; one beside a stream that runs may be.
            case PROBATION -> dropped += receiver.active() ? 1 : 0;
        }
    }

    private boolean believed(@Nullable SrtpSession secure, InetSocketAddress source, long arrivalNanos) {
        if (secure == null) {
            return latch.accepts(source, view.sequenceNumber(), arrivalNanos);
        }
        latch.onAuthentic(source);
        return true;
    }

    private void onEvent(NegotiatedMedia agreed, byte[] bytes, long arrivalNanos) {
        if (view.ssrc() != eventSsrc) {
            eventSsrc = view.ssrc();
            dtmf.restart(arrivalNanos);
        }
        digits.onNamedEvent();
        int clockRateHz = agreed.telephoneEventClockRateHz();
        dtmf.onPacket(view.timestamp(), bytes, view.payloadStart(), view.payloadBytes(), clockRateHz, arrivalNanos);
    }

    private void deliver(int type, NegotiatedMedia agreed, byte[] bytes, long arrivalNanos) {
        boolean sound = type == audioType || type == audioTypeToo;
        Inlet ear = inlet;
        int stream = receiver.streams();
        if (ear == null) {
            return;
        }
        OnwardSound alsoThere = onward;
        if (alsoThere != null && agreed.receiving()) {
            alsoThere.onPacket(agreed, view, bytes, stream, type == eventType, sound, arrivalNanos);
        }
        if (sound && agreed.receiving()) {
            ear.onFrame(
                    stream,
                    view.sequenceNumber(),
                    view.timestamp(),
                    bytes,
                    view.payloadStart(),
                    view.payloadBytes(),
                    arrivalNanos);
        } else if (type == COMFORT_NOISE && agreed.receiving() && agreed.clockRateHz() == COMFORT_NOISE_HZ) {
            silenceLimit.onComfortNoise();
            ear.onComfortNoise(
                    stream,
                    view.sequenceNumber(),
                    view.timestamp(),
                    bytes,
                    view.payloadStart(),
                    view.payloadBytes(),
                    arrivalNanos);
        } else {
            ear.onSilent(stream, view.sequenceNumber(), arrivalNanos);
        }
    }

    void onRtcpDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
        NegotiatedMedia agreed = media;
        SrtpSession secure = srtp;
        if (agreed == null || (secure == null && !latch.trustsHostOf(source))) {
            drop();
            return;
        }
        int plain = secure == null ? length : secure.unprotectRtcp(bytes, offset, length);
        if (plain == SrtpSession.REFUSED) {
            drop();
            return;
        }
        rtcp.onPacket(bytes, offset, plain, ownSsrc, arrivalNanos);
        silenceLimit.onRtcp(arrivalNanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void drop() {
        dropped++;
    }

    long dropped() {
        return dropped;
    }

    void onTick(long nowNanos) {
        dtmf.onTick(nowNanos);
        silenceLimit.onTick(nowNanos);
    }

    void close() {
        media = null;
    }
}
