package dev.revox.sip.signaling;

/** The answering side of one request. <b>Thread:</b> Thread-safe; called from the line's own threads only. */
public interface ServerTransaction {

    /** Sends a response within the transaction, which repeats a final one as often as the request is repeated. */
    void reply(SipReply reply);

    /** Sends a response again, past the transaction: a 2xx to an INVITE is repeated by its sender (RFC 3261 §13.3.1.4). */
    void repeat(SipReply reply);
}
