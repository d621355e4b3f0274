package dev.revox.sip.signaling;

import dev.revox.sip.location.Target;

/**
 * Carries SIP messages to places and runs their transactions.
 *
 * <p><b>Thread:</b> Thread-safe. Sending by a connected transport may block for some seconds; nothing here may be called on
 * virtual threads, for the library underneath locks.
 */
public interface SignalingWire extends AutoCloseable {

    /** Sends in a new client transaction. Failure to send is told to the sink. */
    void send(SipRequest request, Target target, ResponseSink sink);

    /** Sends once, without a transaction: the ACK to a 2xx. */
    void sendOnce(SipRequest request, Target target);

    /** Shows every message to somebody from now on. */
    void show(WireObserver observer);

    /** The port that is bound for UDP, and for TCP where that is listened to. */
    int localPort();

    /** Transactions that are not over yet, for gauges. */
    int openTransactions();

    /** Connections that are up, for gauges. */
    int openConnections();

    /** Pings every connection (RFC 5626 §4.4.1) and drops those that are dead. Does not block. */
    void keepAlive();

    /** Frees the ports and every thread. Idempotent. */
    @Override
    void close();

    /**
     * Is shown every message as it passes the wire, repeated ones too.
     *
     * <p><b>Thread:</b> called on the stack's and the senders' threads; never blocks.
     */
    @FunctionalInterface
    interface WireObserver {

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
}
