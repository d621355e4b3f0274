package dev.revox.sip.sdp;

import java.util.Map;

/** One payload type of a media description, as its rtpmap and fmtp lines tell it. <b>Thread:</b> Immutable. */
record PayloadFormat(
        int payloadType, String encodingName, int clockRateHz, int channels, Map<String, String> formatParameters) {

    boolean telephoneEvent() {
        return encodingName.equalsIgnoreCase("telephone-event");
    }
}
