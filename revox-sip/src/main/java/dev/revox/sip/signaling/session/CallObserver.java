package dev.revox.sip.signaling.session;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.sdp.NegotiatedMedia;
import java.util.Optional;

/** What becomes of a call. Exactly one of {@code failed} and {@code ended} comes, last. <b>Thread:</b> the leg's mailbox. */
public interface CallObserver {

    void ringing(int status);

    void earlyMedia(NegotiatedMedia media);

    /** Media is agreed and may flow; the called side's dialog is confirmed by {@link #answered} later. */
    void mediaAgreed(NegotiatedMedia media);

    void answered(NegotiatedMedia media);

    /** A digit or a change that does not end the call. */
    void changed(LegEvent event);

    void failed(DialVerdict verdict, SipFailure raw);

    void ended(LegEnd cause, Optional<String> reason);
}
