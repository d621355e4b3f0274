package dev.revox.sip.sdp;

import dev.revox.sip.sdes.SrtpKeys;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What offer and answer agreed for the one audio stream of a leg.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3264, RFC 8866.
 *
 * @param encodingName as in rtpmap, upper case but {@code opus}: {@code PCMU}, {@code PCMA}, {@code opus}
 * @param payloadType the number that we SEND with; what we receive under this or the offered number is the same codec
 * @param receivePayloadType the number that we offered or answered for it
 * @param clockRateHz RTP clock rate: 8000, or 48000 for Opus
 * @param formatParameters the peer's fmtp parameters for the codec, lower-case keys
 * @param telephoneEventPayloadType what we send DTMF with (RFC 4733), empty when not agreed
 * @param receiveTelephoneEventPayloadType what we receive DTMF under
 * @param telephoneEventClockRateHz clock rate of telephone-event
 * @param packetTimeMs what we send in one packet
 * @param remoteRtp where to send; port 0 is never here
 * @param rtcpMux RTCP on the RTP port (RFC 5761)
 * @param sending false while the peer has us on hold (sendonly or inactive on its side), so nothing is sent
 * @param receiving false when the peer will send nothing
 * @param srtp the keys, when the stream is encrypted
 */
public record NegotiatedMedia(
        String encodingName,
        int payloadType,
        int receivePayloadType,
        int clockRateHz,
        Map<String, String> formatParameters,
        OptionalInt telephoneEventPayloadType,
        OptionalInt receiveTelephoneEventPayloadType,
        int telephoneEventClockRateHz,
        int packetTimeMs,
        InetSocketAddress remoteRtp,
        InetSocketAddress remoteRtcp,
        boolean rtcpMux,
        boolean sending,
        boolean receiving,
        Optional<SrtpKeys> srtp) {

    public NegotiatedMedia {
        formatParameters = Map.copyOf(formatParameters);
    }

    /** Without encryption. */
    public NegotiatedMedia(
            String encodingName,
            int payloadType,
            int receivePayloadType,
            int clockRateHz,
            Map<String, String> formatParameters,
            OptionalInt telephoneEventPayloadType,
            OptionalInt receiveTelephoneEventPayloadType,
            int telephoneEventClockRateHz,
            int packetTimeMs,
            InetSocketAddress remoteRtp,
            InetSocketAddress remoteRtcp,
            boolean rtcpMux,
            boolean sending,
            boolean receiving) {
        this(
                encodingName,
                payloadType,
                receivePayloadType,
                clockRateHz,
                formatParameters,
                telephoneEventPayloadType,
                receiveTelephoneEventPayloadType,
                telephoneEventClockRateHz,
                packetTimeMs,
                remoteRtp,
                remoteRtcp,
                rtcpMux,
                sending,
                receiving,
                Optional.empty());
    }

    /** True when the peer would rather have nothing sent than silence (RFC 7587 §6.1). */
    public boolean discontinuous() {
        return encodingName.equalsIgnoreCase("opus") && "1".equals(formatParameters.get("usedtx"));
    }
}
