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
     * @param protocol RTP/AVP or RTP/SAVP
     * @param codecs encoding and payload type, in order of preference
     * @param telephoneEvents payload type and clock rate
     * @param comfortNoise under its static number
     * @param crypto values of {@code a=crypto} lines
     */
    record Audio(
            int port,
            String protocol,
            List<Map.Entry<AudioCodec, Integer>> codecs,
            List<Map.Entry<Integer, Integer>> telephoneEvents,
            boolean comfortNoise,
            int packetTimeMs,
            Direction direction,
            boolean rtcpMux,
            List<String> crypto) {

        /** It holds keys. */
        @Override
        public String toString() {
            return "Audio(" + port + ")";
        }
    }

    String audio(Audio section) {
        StringBuilder line =
                new StringBuilder("m=audio ").append(section.port()).append(' ').append(section.protocol());
        StringBuilder attributes = new StringBuilder();
        for (Map.Entry<AudioCodec, Integer> codec : section.codecs()) {
            int payloadType = codec.getValue();
            line.append(' ').append(payloadType);
            attribute(attributes, "rtpmap:" + payloadType + " " + codec.getKey().rtpmap());
            if (!codec.getKey().formatParameters().isEmpty()) {
                attribute(
                        attributes, "fmtp:" + payloadType + " " + codec.getKey().formatParameters());
            }
        }
        for (Map.Entry<Integer, Integer> event : section.telephoneEvents()) {
            line.append(' ').append(event.getKey());
            attribute(attributes, "rtpmap:" + event.getKey() + " telephone-event/" + event.getValue());
            attribute(attributes, "fmtp:" + event.getKey() + " 0-16");
        }
        if (section.comfortNoise()) {
            line.append(' ').append(PayloadFormat.COMFORT_NOISE);
            attribute(attributes, "rtpmap:" + PayloadFormat.COMFORT_NOISE + " CN/8000");
        }
        attribute(attributes, "ptime:" + section.packetTimeMs());
        attribute(attributes, section.direction().attribute());
        if (section.rtcpMux()) {
            attribute(attributes, "rtcp-mux");
        }
        section.crypto().forEach(value -> attribute(attributes, "crypto:" + value));
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
