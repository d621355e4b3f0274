package dev.revox.sip.media.wire;

import dev.revox.audio.mix.OutboundMix;
import dev.revox.sip.event.DtmfSender;
import dev.revox.sip.rtcp.RtcpSession;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpRelay;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.rtp.SourceLatch;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.srtp.SrtpSession;
import dev.revox.sip.transport.DatagramTransport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What leaves by one leg's sockets: our own sound, key presses, somebody else's sound, and reports.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class OutboundRtp {
    private static final int MAX_PACKET_BYTES = 1600;

    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final SourceLatch latch;
    private final RtcpSession rtcp;
    private final DtmfSender digits;
    private final RtpRelay relay;
    private final byte[] packet = new byte[MAX_PACKET_BYTES + SrtpSession.MAX_TRAILER_BYTES];
    private final byte[] report = new byte[RtcpSession.MAX_BYTES + SrtpSession.MAX_TRAILER_BYTES];
    private final byte[] event = new byte[DtmfSender.PAYLOAD_BYTES];

    private DatagramTransport.@Nullable Socket rtpSocket;
    private DatagramTransport.@Nullable Socket rtcpSocket;
    private @Nullable NegotiatedMedia media;
    private @Nullable SrtpSession srtp;
    private int frameMs = 20;
    private int ticksPerFrame = 160;

    OutboundRtp(RtpSender sender, RtpReceiver receiver, SourceLatch latch, RtcpSession rtcp, DtmfSender digits) {
        this.sender = sender;
        this.receiver = receiver;
        this.latch = latch;
        this.rtcp = rtcp;
        this.digits = digits;
        relay = new RtpRelay(sender);
    }

    void bind(DatagramTransport.Socket rtp, DatagramTransport.Socket rtcpPort) {
        rtpSocket = rtp;
        rtcpSocket = rtcpPort;
    }

    void apply(NegotiatedMedia negotiated, @Nullable SrtpSession encryption, int packetTimeMs) {
        srtp = encryption;
        boolean pausedBefore = media != null && !media.sending();
        media = negotiated;
        frameMs = packetTimeMs;
        ticksPerFrame = negotiated.clockRateHz() / 1000 * packetTimeMs;
        if (pausedBefore) {
            sender.markNext();
        }
    }

    @Nullable
    NegotiatedMedia media() {
        return media;
    }

    /** Queues one digit, for {@code sound} where named events were not agreed. */
    boolean queueDigit(char digit, OutboundMix sound) {
        NegotiatedMedia agreed = media;
        if (agreed == null) {
            return false;
        }
        return agreed.telephoneEventPayloadType().isPresent() ? digits.queue(digit) : sound.queueDigit(digit);
    }

    boolean takesVoice() {
        return media != null && media.sending() && !digits.busy();
    }

    void send(byte[] payload, int offset, int length, boolean silence, long nowNanos) {
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

    /** Somebody else's packet goes on by this leg, as it came; when the leg is on hold or has the wire for itself it does not. */
    void relay(RtpPacketView view, byte[] bytes, int stream, int payloadType) {
        InetSocketAddress target = latch.target();
        DatagramTransport.Socket socket = rtpSocket;
        if (!takesVoice() || target == null || socket == null) {
            relay.restart();
            return;
        }
        // What is larger than any packet of ours is a stranger's idea of sound; its tag must fit in behind it, too.
        int length = RtpPacketView.HEADER_BYTES + view.payloadBytes() > MAX_PACKET_BYTES
                ? 0
                : relay.write(packet, payloadType, view, bytes, stream);
        if (length > 0) {
            socket.send(packet, 0, protectedBytes(length), target);
        }
    }

    /** This leg has sent something of its own: what is relayed next goes on behind it. */
    void restartRelay() {
        relay.restart();
    }

    void pass(int frames, long nowNanos) {
        NegotiatedMedia agreed = media;
        if (agreed == null) {
            return;
        }
        if (agreed.sending() && digits.busy()) {
            sendEvent(agreed);
        }
        sender.markNext();
        afterFrames(frames, agreed, nowNanos);
    }

    private void sendEvent(NegotiatedMedia agreed) {
        boolean made = digits.onFrame(sender.timestamp(), frameMs, agreed.telephoneEventClockRateHz(), event);
        InetSocketAddress target = latch.target();
        DatagramTransport.Socket socket = rtpSocket;
        if (made
                && target != null
                && socket != null
                && agreed.telephoneEventPayloadType().isPresent()) {
            int type = agreed.telephoneEventPayloadType().getAsInt();
            int bytes = sender.writeEvent(packet, type, digits.marker(), digits.eventTimestamp(), event, event.length);
            socket.send(packet, 0, protectedBytes(bytes), target);
        }
    }

    private int protectedBytes(int plain) {
        SrtpSession secure = srtp;
        return secure == null ? plain : secure.protectRtp(packet, plain);
    }

    private void afterFrames(int frames, NegotiatedMedia agreed, long nowNanos) {
        sender.advance((long) frames * ticksPerFrame);
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
        media = null;
        if (rtpSocket != null) {
            rtpSocket.close();
        }
        if (rtcpSocket != null) {
            rtcpSocket.close();
        }
    }
}
