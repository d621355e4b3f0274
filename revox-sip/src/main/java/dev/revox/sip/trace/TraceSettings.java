package dev.revox.sip.trace;

/**
 * How much of SIP is kept for {@code SipCallLine.trace}. What exceeds it is dropped, the oldest call and the latest messages first.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param calls most recent calls of which messages are kept
 * @param messagesPerCall first messages of each
 * @param charsPerMessage of each message, the rest is cut off
 */
public record TraceSettings(int calls, int messagesPerCall, int charsPerMessage) {

    /** The last 200 calls with 60 messages of 4096 characters each: 50 MB at the very most, a few in practice. */
    public static final TraceSettings DEFAULT = new TraceSettings(200, 60, 4096);

    public TraceSettings {
        if (calls < 1 || messagesPerCall < 1 || charsPerMessage < 1) {
            throw new IllegalArgumentException("calls, messagesPerCall and charsPerMessage must be at least 1");
        }
        if (charsPerMessage > 60_000) {
            throw new IllegalArgumentException("charsPerMessage must be at most 60000, was " + charsPerMessage);
        }
    }
}
