package dev.revox.sip.sdp;

import java.util.List;
import java.util.Map;

/** Writes our session descriptions. <b>Thread:</b> Immutable. <b>Spec:</b> RFC 8866 §9. */
record SdpWriter(String address) {

    static final String EOL = "\r\n";

    private String netType() {
        return address.indexOf(':') >= 0 ? "IN IP6 " : "IN IP4 ";
    }

    String session(long sessionId, long version) {
        return "v=0" + EOL + "o=- " + sessionId + " " + version + " " + netType() + address + EOL + "s=-" + EOL;
    }

    String time() {
        return "c=" + netType() + address + EOL + "t=0 0" + EOL;
    }

    /**
     * An audio section.
     *
     * @param codecs encoding and payload type, in order of preference
     * @param telephoneEvents payload type and clock rate
     * @param comfortNoise under its static number
     */
    String audio(
            int port,
            List<Map.Entry<AudioCodec, Integer>> codecs,
            List<Map.Entry<Integer, Integer>> telephoneEvents,
            boolean comfortNoise,
            int packetTimeMs,
            Direction direction,
            boolean rtcpMux) {
        StringBuilder line = new StringBuilder("m=audio ").append(port).append(" RTP/AVP");
        StringBuilder attributes = new StringBuilder();
        for (Map.Entry<AudioCodec, Integer> codec : codecs) {
            int payloadType = codec.getValue();
            line.append(' ').append(payloadType);
            attribute(attributes, "rtpmap:" + payloadType + " " + codec.getKey().rtpmap());
            if (!codec.getKey().formatParameters().isEmpty()) {
                attribute(
                        attributes, "fmtp:" + payloadType + " " + codec.getKey().formatParameters());
            }
        }
        for (Map.Entry<Integer, Integer> event : telephoneEvents) {
            line.append(' ').append(event.getKey());
            attribute(attributes, "rtpmap:" + event.getKey() + " telephone-event/" + event.getValue());
            attribute(attributes, "fmtp:" + event.getKey() + " 0-16");
        }
        if (comfortNoise) {
            line.append(' ').append(PayloadFormat.COMFORT_NOISE);
            attribute(attributes, "rtpmap:" + PayloadFormat.COMFORT_NOISE + " CN/8000");
        }
        attribute(attributes, "ptime:" + packetTimeMs);
        attribute(attributes, direction.attribute());
        if (rtcpMux) {
            attribute(attributes, "rtcp-mux");
        }
        return line.append(EOL).append(attributes).toString();
    }

    /** A section that refuses the offered one (RFC 3264 §6). */
    String refused(MediaDescription offered) {
        return "m=" + offered.kind() + " 0 " + offered.protocol() + " " + String.join(" ", offered.formats()) + EOL;
    }

    private static void attribute(StringBuilder to, String value) {
        to.append("a=").append(value).append(EOL);
    }
}
