package dev.revox.sip.signaling;

/**
 * Sends SIP messages and runs their transactions.
 *
 * <p><b>Thread:</b> Thread-safe. Methods may block for a name lookup and must not be called on virtual threads.
 */
public interface SipTransport extends AutoCloseable {

    /** Sends in a new client transaction. Failure to send is told to the sink. */
    void send(SipRequest request, ResponseSink sink);

    /** Sends once, without a transaction: the ACK to a 2xx. */
    void sendOnce(SipRequest request);

    /** The port that is bound. */
    int localPort();

    /** Transactions that are not over yet, for gauges. */
    int openTransactions();

    /** Frees the port and every thread. Idempotent. */
    @Override
    void close();
}
