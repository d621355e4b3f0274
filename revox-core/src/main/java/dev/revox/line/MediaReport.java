package dev.revox.line;

/**
 * What went over the wire on one leg.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param codec the negotiated codec's name in SDP, empty before the answer
 * @param packetsLost missing in the received sequence (RFC 3550 §6.4.1)
 * @param packetsConcealed frames that were made up
 * @param packetsDropped malformed, unknown payload type, or from a stranger
 * @param jitterMicros interarrival jitter (RFC 3550 §6.4.1)
 * @param voiceActivity which voice activity detector ran, e.g. {@code silero} or {@code energy}
 */
public record MediaReport(
        String codec,
        long packetsSent,
        long packetsReceived,
        long packetsLost,
        long packetsConcealed,
        long packetsDropped,
        long jitterMicros,
        String voiceActivity) {

    public static final MediaReport NONE = new MediaReport("", 0, 0, 0, 0, 0, 0, "");
}
