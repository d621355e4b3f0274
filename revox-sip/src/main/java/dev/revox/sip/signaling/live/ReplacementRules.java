package dev.revox.sip.signaling.live;

import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.header.Replaces;
import dev.revox.sip.signaling.session.CallContext;
import java.util.Optional;

/** Whether an INVITE may take the place of a dialog that is confirmed. <b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3891 §3. */
final class ReplacementRules {

    private ReplacementRules() {}

    /** Empty when it may. */
    static Optional<SipReply> refusal(CallContext context, SipFrame invite, Dialog dialog, boolean live) {
        Optional<Replaces> replaces = Replaces.of(invite);
        if (replaces.isEmpty()
                || !replaces.get().toTag().equals(dialog.localTag())
                || !replaces.get().fromTag().equals(dialog.remoteTag())) {
            return Optional.of(SipReply.of(481));
        }
        if (!live) {
            return Optional.of(SipReply.of(603));
        }
        if (replaces.get().earlyOnly()) {
            return Optional.of(SipReply.of(486));
        }
        // Who may call us by another trunk may not therefore step into the calls of this one.
        boolean allowed = context.settings().acceptReplaces()
                && context.trunk().letsIn(invite.source().getAddress());
        return allowed ? Optional.empty() : Optional.of(SipReply.of(403));
    }
}
