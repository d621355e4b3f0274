package dev.revox.sip.signaling.live;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.switchboard.CallParty;

/**
 * A call under the name of the dialog that has taken its first one's place.
 *
 * <p><b>Thread:</b> Thread-safe.
 *
 * @param invite the request that did so
 */
record Takeover(CallParty call, String localTag, IncomingRequest invite) implements CallParty {

    @Override
    public boolean begunBy(IncomingRequest request) {
        return request.frame().fromTag().equals(invite.frame().fromTag())
                && request.frame().cseq() == invite.frame().cseq();
    }

    @Override
    public String inviteBranch() {
        return invite.frame().branch();
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        if (request.frame().method().equals("CANCEL")) {
            // Answered already: there is nothing left to cancel.
            transaction.reply(SipReply.of(200).tagged(localTag));
        } else {
            call.onRequest(request, transaction);
        }
    }

    @Override
    public void onAck(IncomingRequest ack) {
        call.onAck(ack);
    }

    @Override
    public void onStrayResponse(IncomingResponse response) {
        call.onStrayResponse(response);
    }

    @Override
    public void onReplacement(IncomingRequest again, ServerTransaction transaction) {
        call.onReplacement(again, transaction);
    }
}
