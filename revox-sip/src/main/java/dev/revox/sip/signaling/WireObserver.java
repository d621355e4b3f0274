package dev.revox.sip.signaling;

/**
 * Is shown every message as it passes the wire, repeated ones too.
 *
 * <p><b>Thread:</b> called on the stack's and the senders' threads; never blocks.
 */
@FunctionalInterface
public interface WireObserver {

    /**
     * A message.
     *
     * @param sent by us, else received
     * @param from host and port
     * @param to host and port
     * @param text without credentials, keys, identity tokens, DTMF and telephone numbers
     */
    void onMessage(boolean sent, String callId, String from, String to, String text);
}
