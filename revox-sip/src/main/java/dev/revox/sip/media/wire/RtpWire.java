package dev.revox.sip.media.wire;

import dev.revox.audio.InboundAudio;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.line.MediaReport;
import dev.revox.sip.event.DigitWays;
import dev.revox.sip.rtcp.RtcpSession;
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
public final class RtpWire implements FrameTransport {

    private final RtpSender sender;
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtcpSession rtcp;
    private final SilenceLimit silenceLimit;
    private final InboundRtp in;
    private final OutboundRtp out;

    /** What another leg hears and this one sends, with the wire that it comes from. */
    private @Nullable OnwardSound fromOther;

    private @Nullable RtpWire other;
    private @Nullable SrtpSession srtp;

    private volatile @Nullable NegotiatedMedia lastMedia;
    private volatile long packetsSent;
    private volatile long packetsReceived;
    private volatile long packetsLost;
    private volatile long jitterMicros;
    private volatile long roundTripMicros = -1;

    public RtpWire(
            RtpSender sender, RtcpSession rtcp, LegEventRelay events, SilenceLimit silenceLimit, DigitWays digits) {
        this.sender = sender;
        this.rtcp = rtcp;
        this.silenceLimit = silenceLimit;
        SourceLatch latch = new SourceLatch();
        in = new InboundRtp(receiver, latch, rtcp, sender.ssrc(), silenceLimit, digits, events);
        out = new OutboundRtp(sender, receiver, latch, rtcp, digits.sender());
    }

    /** The sockets, before anything else. */
    public void bind(DatagramTransport.Socket rtp, DatagramTransport.Socket rtcpPort) {
        out.bind(rtp, rtcpPort);
    }

    /** Starts or changes what is sent and understood. */
    public void apply(
            NegotiatedMedia negotiated, @Nullable SrtpSession encryption, int packetTimeMs, Inlet ear, long nowNanos) {
        if (encryption != srtp && encryption != null && srtp != null) {
            encryption.continues(srtp);
        }
        srtp = encryption;
        lastMedia = negotiated;
        out.apply(negotiated, encryption, packetTimeMs);
        in.apply(negotiated, encryption, ear, nowNanos);
    }

    public void answered(long nowNanos) {
        silenceLimit.onAnswer(nowNanos);
    }

    /** Queues one digit, for {@code sound} where named events were not agreed. */
    public boolean queueDigit(char digit, OutboundMix sound) {
        return out.queueDigit(digit, sound);
    }

    /**
     * Lets the telephones of two legs hear each other, until {@link #unbridge} or until one of them closes. A leg that was bridged is
     * bridged anew.
     *
     * @param mix what leaves by this leg besides
     * @param otherMix what leaves by the other
     */
    public void bridge(OutboundMix mix, RtpWire otherWire, OutboundMix otherMix) {
        unbridge();
        otherWire.unbridge();
        join(otherWire, otherMix);
        otherWire.join(this, mix);
    }

    private void join(RtpWire towards, OutboundMix mixThere) {
        OnwardSound onward = new OnwardSound(towards.out, mixThere, in.media());
        in.onward(onward);
        towards.fromOther = onward;
        towards.other = this;
    }

    /** Ends a bridge, if there is one. */
    public void unbridge() {
        RtpWire partner = other;
        if (partner != null) {
            leave();
            partner.leave();
        }
    }

    private void leave() {
        OnwardSound heardFrom = fromOther;
        if (heardFrom != null) {
            heardFrom.close();
        }
        fromOther = null;
        other = null;
        in.onward(null);
    }

    public void onRtpDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
        in.onRtpDatagram(bytes, offset, length, source, arrivalNanos);
    }

    public void onRtcpDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
        in.onRtcpDatagram(bytes, offset, length, source, arrivalNanos);
    }

    @Override
    public void poll(long nowNanos, Inlet ear) {
        // Sound itself comes through the sockets, which the loop asks for all its legs at once.
        in.onTick(nowNanos);
    }

    @Override
    public boolean takesVoice() {
        return out.takesVoice();
    }

    @Override
    public boolean relays(boolean ownSound, long nowNanos) {
        OnwardSound heardFrom = fromOther;
        return heardFrom != null && heardFrom.relays(ownSound, nowNanos);
    }

    @Override
    public void send(byte[] payload, int offset, int length, long nowNanos) {
        out.send(payload, offset, length, false, nowNanos);
        publish();
    }

    @Override
    public void sendSilence(byte[] payload, int offset, int length, long nowNanos) {
        out.send(payload, offset, length, true, nowNanos);
        publish();
    }

    @Override
    public void pass(int frames, long nowNanos) {
        out.pass(frames, nowNanos);
        publish();
    }

    /** Sends RTCP BYE and closes the sockets. */
    public void close(long nowNanos) {
        unbridge();
        out.close(nowNanos);
        publish();
        in.close();
    }

    private void publish() {
        packetsSent = sender.packets();
        packetsReceived = receiver.received();
        packetsLost = receiver.lost();
        jitterMicros = receiver.jitterMicros();
        roundTripMicros = rtcp.roundTripMicros();
    }

    /** Counters as of the last frame time. */
    public MediaReport report(InboundAudio ear, String voiceActivity) {
        NegotiatedMedia agreed = lastMedia;
        return new MediaReport(
                agreed == null ? "" : agreed.encodingName(),
                packetsSent,
                packetsReceived,
                packetsLost,
                ear.concealedFrames(),
                in.dropped() + ear.malformedFrames(),
                jitterMicros,
                voiceActivity,
                ear.quality(roundTripMicros, agreed == null ? 0 : agreed.packetTimeMs()),
                ear.echo());
    }
}
