package dev.revox.sip.signaling;

import java.util.Optional;

/**
 * Where received messages go that no client transaction waits for.
 *
 * <p><b>Thread:</b> called on the stack's threads: looks up and posts, never blocks, touches no call's state.
 */
public interface SipInbox {

    /**
     * Decides, before any state is made, whether a request is let in.
     *
     * @return empty to let it in, otherwise what to refuse it with
     */
    Optional<SipReply> refusal(IncomingRequest request);

    /** A request that was let in; never an ACK. */
    void onRequest(IncomingRequest request, ServerTransaction transaction);

    /** An ACK to a 2xx of ours. */
    void onAck(IncomingRequest ack);

    /** A response without a transaction: a repeated 2xx, or another fork's. */
    void onStrayResponse(IncomingResponse response);
}
