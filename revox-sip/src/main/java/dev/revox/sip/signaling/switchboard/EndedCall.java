package dev.revox.sip.signaling.switchboard;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.header.Replaces;
import java.util.Optional;

/**
 * What is left of an incoming call that is over: enough to answer whatever of it comes late. The call itself would be kept for 64*T1
 * otherwise, with its descriptions and all that it was told.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param remoteTag the caller's tag
 * @param inviteCseq of the INVITE that began it
 * @param owed what the INVITE is answered when it comes again; empty when its ACK has come
 */
public record EndedCall(
        String localTag, String remoteTag, long inviteCseq, String inviteBranch, Optional<SipReply> owed, Tokens tokens)
        implements CallParty {

    @Override
    public boolean begunBy(IncomingRequest request) {
        return request.frame().fromTag().equals(remoteTag) && request.frame().cseq() == inviteCseq;
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        SipFrame frame = request.frame();
        boolean ofFirst = frame.branch().equals(inviteBranch);
        if (frame.method().equals("CANCEL") && ofFirst) {
            transaction.reply(SipReply.of(200).tagged(localTag));
        } else if (frame.method().equals("INVITE") && ofFirst) {
            // It came again after its transaction was gone.
            transaction.reply(owed.orElseGet(() -> SipReply.of(481).tagged(localTag)));
        } else {
            boolean bye = frame.method().equals("BYE") && frame.fromTag().equals(remoteTag);
            transaction.reply(SipReply.of(bye ? 200 : 481));
        }
    }

    @Override
    public void onAck(IncomingRequest ack) {}

    @Override
    public void onStrayResponse(IncomingResponse response) {}

    /** RFC 3891 §3: who wants the place of a call that is over is declined. */
    @Override
    public void onReplacement(IncomingRequest invite, ServerTransaction transaction) {
        boolean meant = Replaces.of(invite.frame())
                .filter(wanted ->
                        wanted.toTag().equals(localTag) && wanted.fromTag().equals(remoteTag))
                .isPresent();
        transaction.reply(SipReply.of(meant ? 603 : 481).tagged(tokens.next()));
    }
}
