package dev.revox.sip.signaling;

/**
 * A request that came in.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param user user part of the Request-URI, empty when it has none
 */
public record IncomingRequest(String uri, String user, SipFrame frame) {

    @Override
    public String toString() {
        return frame.toString();
    }
}
