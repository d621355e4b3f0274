package dev.revox.sip.media;

import dev.revox.audio.InboundAudio;
import dev.revox.audio.LegEventRelay;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.line.MediaReport;
import dev.revox.sip.event.DigitWays;
import dev.revox.sip.event.DtmfReceiver;
import dev.revox.sip.event.DtmfSender;
import dev.revox.sip.rtcp.RtcpSession;
import dev.revox.sip.rtp.EarlyPackets;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.rtp.SourceLatch;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.srtp.SrtpSession;
import dev.revox.sip.transport.DatagramTransport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One leg's RTP and RTCP as a {@link FrameTransport}: who is believed, what is sound, what is a key press, and when a report is
 * due.
 *
 * <p><b>Thread:</b> Confined to the media loop; counters may be read by anyone. <b>Spec:</b> RFC 3550, RFC 3551, RFC 4733, RFC
 * 4961, RFC 5761.
 */
final class RtpWire implements FrameTransport {

    private static final int MAX_PACKET_BYTES = 1600;
    private static final int COMFORT_NOISE = 13;
    private static final int COMFORT_NOISE_HZ = 8000;
    private static final int NONE = -1;

    private final RtpSender sender;
    private final RtpReceiver receiver = new RtpReceiver();
    private final SourceLatch latch = new SourceLatch();
    private final RtcpSession rtcp;
    private final DtmfSender dtmfOut;
    private final DtmfReceiver dtmfIn;
    private final RtpPacketView view = new RtpPacketView();
    private final byte[] packet = new byte[MAX_PACKET_BYTES];
    private final byte[] report = new byte[RtcpSession.MAX_BYTES + SrtpSession.MAX_TRAILER_BYTES];
    private final byte[] event = new byte[DtmfSender.PAYLOAD_BYTES];

    private DatagramTransport.@Nullable Socket rtpSocket;
    private DatagramTransport.@Nullable Socket rtcpSocket;
    private @Nullable NegotiatedMedia media;
    private @Nullable SrtpSession srtp;
    private volatile @Nullable NegotiatedMedia lastMedia;
    private @Nullable Inlet inlet;
    private int audioType = NONE;
    private int audioTypeToo = NONE;
    private int eventType = NONE;
    private int frameMs = 20;
    private int ticksPerFrame = 160;

    private @Nullable EarlyPackets early = new EarlyPackets();
    private final SilenceLimit silenceLimit;
    private int eventSsrc;
    private final DigitWays digits;

    private volatile long dropped;
    private volatile long packetsSent;
    private volatile long packetsReceived;
    private volatile long packetsLost;
    private volatile long jitterMicros;
    private volatile long roundTripMicros = -1;

    RtpWire(RtpSender sender, RtcpSession rtcp, LegEventRelay events, SilenceLimit silenceLimit, DigitWays digits) {
        this.digits = digits;
        dtmfOut = digits.sender();
        this.sender = sender;
        this.rtcp = rtcp;
        this.silenceLimit = silenceLimit;
        dtmfIn = new DtmfReceiver((digit, durationMs, nowNanos) -> events.dtmf(nowNanos, digit, durationMs));
    }

    /** The sockets, before anything else. */
    void bind(DatagramTransport.Socket rtp, DatagramTransport.Socket rtcpPort) {
        rtpSocket = rtp;
        rtcpSocket = rtcpPort;
    }

    /** Starts or changes what is sent and understood. */
    void apply(
            NegotiatedMedia negotiated, @Nullable SrtpSession encryption, int packetTimeMs, Inlet ear, long nowNanos) {
        if (encryption != srtp && encryption != null && srtp != null) {
            encryption.continues(srtp);
        }
        srtp = encryption;
        boolean pausedBefore = media != null && !media.sending();
        media = negotiated;
        lastMedia = negotiated;
        inlet = ear;
        audioType = negotiated.receivePayloadType();
        audioTypeToo = negotiated.payloadType();
        eventType = negotiated.receiveTelephoneEventPayloadType().orElse(NONE);
        frameMs = packetTimeMs;
        ticksPerFrame = negotiated.clockRateHz() / 1000 * packetTimeMs;
        receiver.clockRate(negotiated.clockRateHz());
        latch.onDescription(negotiated.remoteRtp(), nowNanos);
        silenceLimit.onDescription(negotiated, nowNanos);
        digits.onDescription(negotiated);
        if (pausedBefore) {
            sender.markNext();
        }
        EarlyPackets before = early;
        if (before != null) {
            early = null;
            before.replay(this::onRtpDatagram, nowNanos);
        }
    }

    void answered(long nowNanos) {
        silenceLimit.onAnswer(nowNanos);
    }

    /** Queues one digit, for {@code sound} where named events were not agreed. */
    boolean queueDigit(char digit, OutboundMix sound) {
        NegotiatedMedia agreed = media;
        if (agreed == null) {
            return false;
        }
        return agreed.telephoneEventPayloadType().isPresent() ? dtmfOut.queue(digit) : sound.queueDigit(digit);
    }

    // Receiving.

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
            dtmfIn.restart(arrivalNanos);
        }
        digits.onNamedEvent();
        int clockRateHz = agreed.telephoneEventClockRateHz();
        dtmfIn.onPacket(view.timestamp(), bytes, view.payloadStart(), view.payloadBytes(), clockRateHz, arrivalNanos);
    }

    private void deliver(int type, NegotiatedMedia agreed, byte[] bytes, long arrivalNanos) {
        boolean sound = type == audioType || type == audioTypeToo;
        Inlet ear = inlet;
        int stream = receiver.streams();
        if (ear == null) {
            return;
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
        rtcp.onPacket(bytes, offset, plain, sender.ssrc(), arrivalNanos);
        silenceLimit.onRtcp(arrivalNanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void drop() {
        dropped++;
    }

    @Override
    public void poll(long nowNanos, Inlet ear) {
        // Sound itself comes through the sockets, which the loop asks for all its legs at once.
        dtmfIn.onTick(nowNanos);
        silenceLimit.onTick(nowNanos);
    }

    // Sending.

    @Override
    public boolean takesVoice() {
        return media != null && media.sending() && !dtmfOut.busy();
    }

    @Override
    public void send(byte[] payload, int offset, int length, long nowNanos) {
        send(payload, offset, length, false, nowNanos);
    }

    @Override
    public void sendSilence(byte[] payload, int offset, int length, long nowNanos) {
        send(payload, offset, length, true, nowNanos);
    }

    private void send(byte[] payload, int offset, int length, boolean silence, long nowNanos) {
        NegotiatedMedia agreed = media;
        InetSocketAddress target = latch.target();
        DatagramTransport.Socket socket = rtpSocket;
        if (agreed == null || target == null || socket == null) {
            return;
        }
        int bytes = silence
                ? sender.writeSilence(packet, agreed.payloadType(), payload, offset, length)
                : sender.writeAudio(packet, agreed.payloadType(), payload, offset, length);
        socket.send(packet, 0, protectedBytes(bytes), target);
        afterFrames(1, agreed, nowNanos);
    }

    @Override
    public void pass(int frames, long nowNanos) {
        NegotiatedMedia agreed = media;
        if (agreed == null) {
            return;
        }
        if (agreed.sending() && dtmfOut.busy()) {
            sendEvent(agreed);
        }
        sender.markNext();
        afterFrames(frames, agreed, nowNanos);
    }

    private void sendEvent(NegotiatedMedia agreed) {
        boolean made = dtmfOut.onFrame(sender.timestamp(), frameMs, agreed.telephoneEventClockRateHz(), event);
        InetSocketAddress target = latch.target();
        DatagramTransport.Socket socket = rtpSocket;
        if (made
                && target != null
                && socket != null
                && agreed.telephoneEventPayloadType().isPresent()) {
            int type = agreed.telephoneEventPayloadType().getAsInt();
            int bytes =
                    sender.writeEvent(packet, type, dtmfOut.marker(), dtmfOut.eventTimestamp(), event, event.length);
            socket.send(packet, 0, protectedBytes(bytes), target);
        }
    }

    private int protectedBytes(int plain) {
        SrtpSession secure = srtp;
        return secure == null ? plain : secure.protectRtp(packet, plain);
    }

    private void afterFrames(int frames, NegotiatedMedia agreed, long nowNanos) {
        sender.advance((long) frames * ticksPerFrame);
        publish();
        if (rtcp.due(nowNanos)) {
            sendRtcp(agreed, rtcp.writeReport(report, sender, receiver, nowNanos));
        }
    }

    private void sendRtcp(NegotiatedMedia agreed, int plain) {
        SrtpSession secure = srtp;
        int bytes = secure == null ? plain : secure.protectRtcp(report, plain);
        InetSocketAddress rtpTarget = latch.target();
        if (agreed.rtcpMux()) {
            if (rtpSocket != null && rtpTarget != null) {
                rtpSocket.send(report, 0, bytes, rtpTarget);
            }
        } else if (rtcpSocket != null && agreed.remoteRtcp().getPort() != 0) {
            rtcpSocket.send(report, 0, bytes, agreed.remoteRtcp());
        }
    }

    /** Sends RTCP BYE and closes the sockets. */
    void close(long nowNanos) {
        NegotiatedMedia agreed = media;
        if (agreed != null && sender.packets() > 0) {
            sendRtcp(agreed, rtcp.writeBye(report, sender, receiver, nowNanos));
        }
        publish();
        media = null;
        if (rtpSocket != null) {
            rtpSocket.close();
        }
        if (rtcpSocket != null) {
            rtcpSocket.close();
        }
    }

    private void publish() {
        packetsSent = sender.packets();
        packetsReceived = receiver.received();
        packetsLost = receiver.lost();
        jitterMicros = receiver.jitterMicros();
        roundTripMicros = rtcp.roundTripMicros();
    }

    /** Counters as of the last frame time. */
    MediaReport report(InboundAudio ear, String voiceActivity) {
        NegotiatedMedia agreed = lastMedia;
        return new MediaReport(
                agreed == null ? "" : agreed.encodingName(),
                packetsSent,
                packetsReceived,
                packetsLost,
                ear.concealedFrames(),
                dropped + ear.malformedFrames(),
                jitterMicros,
                voiceActivity,
                ear.quality(roundTripMicros, agreed == null ? 0 : agreed.packetTimeMs()));
    }
}
