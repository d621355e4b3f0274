package dev.revox.sip.signaling.wire;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Routes every request to the target that it was sent with; the library looks no name up. Made by the library by reflection.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class GivenHops implements Router {

    /** As the library calls it; there is nothing to remember. */
    public GivenHops(SipStack stack, @Nullable String outboundProxy) {}

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (request instanceof SIPRequest known && known.getApplicationData() instanceof Hop hop) {
            return hop;
        }
        throw new SipException("a request without a target");
    }

    @Override
    public @Nullable Hop getOutboundProxy() {
        return null;
    }

    @Override
    @SuppressWarnings("deprecation") // the library still declares it
    public ListIterator<?> getNextHops(Request request) {
        return Collections.emptyListIterator();
    }
}
