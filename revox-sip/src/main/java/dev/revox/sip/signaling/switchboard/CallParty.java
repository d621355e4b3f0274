package dev.revox.sip.signaling.switchboard;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;

/** A call as the switchboard knows it. <b>Thread:</b> Thread-safe; every method posts to the call's mailbox. */
public interface CallParty {

    /** Our tag; a request of this call carries it in To. */
    String localTag();

    /** True for the INVITE that began this call, in any of its transactions, and for its CANCEL. */
    boolean begunBy(IncomingRequest request);

    /** Branch of the INVITE that began it, empty for a call of ours. */
    String inviteBranch();

    void onRequest(IncomingRequest request, ServerTransaction transaction);

    void onAck(IncomingRequest ack);

    void onStrayResponse(IncomingResponse response);

    /** An INVITE from outside that wants this call's place (RFC 3891). */
    void onReplacement(IncomingRequest invite, ServerTransaction transaction);
}
