package dev.revox.testkit.network;

/**
 * A packet and when it is where.
 *
 * <p><b>Thread:</b> Immutable, if nobody changes the bytes.
 *
 * @param sentNanos when it was sent
 * @param arrivalNanos when it arrives; the same as {@code sentNanos} before it went over a network
 * @param stranger true when somebody else sent it, from an address of its own
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Datagram(byte[] bytes, long sentNanos, long arrivalNanos, boolean stranger) {

    /** One that its sender sends now. */
    public static Datagram sent(byte[] bytes, long nowNanos) {
        return new Datagram(bytes, nowNanos, nowNanos, false);
    }
}
