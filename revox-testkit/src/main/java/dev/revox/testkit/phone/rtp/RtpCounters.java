package dev.revox.testkit.phone.rtp;

/**
 * What went over the wire of one call, as the telephone saw it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param withheld packets that a fault kept from being sent; their sequence numbers are used up
 * @param lost missing in the sequence that came in
 */
public record RtpCounters(long sent, long withheld, long received, long lost, long rtcpReceived) {}
