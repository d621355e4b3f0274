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
 * @param quality how well the peer was heard
 * @param echo what came back of our own voice
 */
public record MediaReport(
        String codec,
        long packetsSent,
        long packetsReceived,
        long packetsLost,
        long packetsConcealed,
        long packetsDropped,
        long jitterMicros,
        String voiceActivity,
        Quality quality,
        Echo echo) {

    public static final MediaReport NONE = new MediaReport("", 0, 0, 0, 0, 0, 0, "", Quality.NONE, Echo.NONE);

    /**
     * How well a stream was heard, in the terms of RFC 3611 §4.7.
     *
     * <p>A burst begins and ends with a missing packet and has no 16 packets in a row that came; the rest is gap. Missing is
     * what was lost and what was discarded because it came too late. What redundancy gave back counts as missing.
     *
     * <p><b>Thread:</b> Immutable.
     *
     * @param lossRate share of packets that never came, 0 to 1
     * @param discardRate share of packets that came too late
     * @param burstDensity share of missing packets within bursts
     * @param gapDensity share of missing packets within gaps
     * @param burstMs mean length of a burst, 0 without any
     * @param gapMs mean length of a gap
     * @param roundTripMicros between the two RTP systems (RFC 3550 §6.4.1), -1 when the peer told nothing
     * @param bufferNominalMicros how long a packet waited on average for those before it
     * @param bufferMaxMicros how long a missing packet would have been waited for at the end
     * @param endSystemMicros what this side adds to the delay: collecting a frame and the buffer
     * @param rFactor ITU-T G.107 with its defaults, loss of a G.711 call with concealment, and delay; 0 when nothing was received
     * @param mosListening mean opinion score by the same without delay, 1 to 4.5; 0 when nothing was received
     * @param mosConversational mean opinion score with delay
     */
    public record Quality(
            double lossRate,
            double discardRate,
            double burstDensity,
            double gapDensity,
            int burstMs,
            int gapMs,
            long roundTripMicros,
            long bufferNominalMicros,
            long bufferMaxMicros,
            long endSystemMicros,
            double rFactor,
            double mosListening,
            double mosConversational) {

        /** Nothing was received. */
        public static final Quality NONE = new Quality(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0);
    }

    /**
     * What came back of our own voice, and was not taken for the other side's.
     *
     * <p><b>Thread:</b> Immutable.
     *
     * @param suppressedMs sound that was nothing but echo; a few blocks of 20 ms are chance
     * @param returnLossDb how far the latest echo was below what we sent (echo return loss, ITU-T G.168)
     * @param delayMs how long after it was sent the latest echo was heard
     */
    public record Echo(long suppressedMs, double returnLossDb, int delayMs) {

        /** No echo. */
        public static final Echo NONE = new Echo(0, 0, 0);
    }
}
