package dev.revox.sip.signaling.wire;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
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

    /**
     * Writes a request as a strict router wants it: the router in the Request-URI, the target last in the route (RFC 3261 §12.2.1.1).
     * Everybody else's requests stay as they are.
     */
    public static void suitStrictRouter(SIPRequest request) {
        RouteList routes = request.getRouteHeaders();
        if (routes == null
                || routes.isEmpty()
                || !(routes.getFirst() instanceof Route first)
                || !(first.getAddress().getURI() instanceof SipUri router)
                || router.hasLrParam()) {
            return;
        }
        routes.removeFirst();
        AddressImpl target = new AddressImpl();
        target.setURI(request.getRequestURI());
        routes.add(new Route(target));
        request.setRequestURI(router);
    }
}
