package dev.revox.sip.signaling;

/** Who waits for the responses to one request. <b>Thread:</b> called on the stack's threads; only posts. */
public interface ResponseSink {

    void onResponse(IncomingResponse response);

    /** No (final) response came in time: Timer B or F. */
    void onTimeout();

    /** The request could not be sent, or the other side's host refused it. */
    void onTransportError();
}
