package dev.revox.sip.signaling.transaction;

/**
 * Where the responses to one request go.
 *
 * <p><b>Thread:</b> Thread-safe. By a connection that is gone, {@code send} may block until there is a new one.
 */
public interface ReplyWay {

    /** True for a connection: nothing that goes by it needs to be repeated. */
    boolean reliable();

    /** Sends. A response that cannot leave is like one that is lost: the caller repeats its request. */
    void send(byte[] response);
}
