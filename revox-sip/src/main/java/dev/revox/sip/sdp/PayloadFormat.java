package dev.revox.sip.sdp;

import java.util.Map;

/** One payload type of a media description, as its rtpmap and fmtp lines tell it. <b>Thread:</b> Immutable. */
record PayloadFormat(
        int payloadType, String encodingName, int clockRateHz, int channels, Map<String, String> formatParameters) {

    /** The static number of comfort noise (RFC 3389 §4). */
    static final int COMFORT_NOISE = 13;

    /** Under another number it would be at another rate than 8 kHz, or nobody's habit. */
    boolean comfortNoise() {
        return payloadType == COMFORT_NOISE && encodingName.equalsIgnoreCase("CN") && clockRateHz == 8000;
    }

    boolean telephoneEvent() {
        return encodingName.equalsIgnoreCase("telephone-event");
    }
}
