package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import java.util.HashMap;
import java.util.Map;

/**
 * Every ACK that this leg has sent for a 2xx, to be sent again as often as that 2xx comes again, also after the call's end.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §13.2.2.4, RFC 6026 §7.2.
 */
public final class AckKeeper {

    private record Answered(long cseq, String toTag) {}

    private final SipTransport transport;
    private final Map<Answered, SipRequest> acks = new HashMap<>();

    public AckKeeper(SipTransport transport) {
        this.transport = transport;
    }

    /** Sends an ACK for the first time. */
    public void send(IncomingResponse success, SipRequest ack) {
        acks.put(key(success), ack);
        transport.sendOnce(ack);
    }

    /** True once an ACK has been sent. */
    public boolean any() {
        return !acks.isEmpty();
    }

    /** Sends the ACK again if this 2xx has had one. */
    public boolean repeat(IncomingResponse success) {
        SipRequest ack = acks.get(key(success));
        if (ack == null) {
            return false;
        }
        transport.sendOnce(ack);
        return true;
    }

    private static Answered key(IncomingResponse success) {
        return new Answered(success.frame().cseq(), success.frame().toTag());
    }
}
