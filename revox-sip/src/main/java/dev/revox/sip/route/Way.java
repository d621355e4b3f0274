package dev.revox.sip.route;

import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trunk wants of requests on their way to it.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §8.1.2 for the pre-loaded route.
 *
 * @param largeByTcp requests too large for a datagram (RFC 3261 §18.1.1) are tried over TCP first
 * @param routes pre-loaded route, each a name-addr with {@code lr}, of requests outside a dialog
 * @param inviteHeaders header fields of an INVITE that begins a call
 */
public record Way(boolean largeByTcp, List<String> routes, List<SipHeader> inviteHeaders) {

    public Way {
        routes = List.copyOf(routes);
        inviteHeaders = List.copyOf(inviteHeaders);
    }

    /** The same with more header fields of the INVITE. */
    public Way with(List<SipHeader> more) {
        List<SipHeader> all = new ArrayList<>(inviteHeaders);
        all.addAll(more);
        return new Way(largeByTcp, routes, all);
    }

    /** The request with what is to be added to it. */
    SipRequest dressed(SipRequest plain) {
        boolean begins = plain.header("To").filter(to -> to.contains(";tag=")).isEmpty();
        if (!begins || (routes.isEmpty() && inviteHeaders.isEmpty())) {
            return plain;
        }
        List<SipHeader> headers = new ArrayList<>();
        for (SipHeader header : plain.headers()) {
            if (header.name().equals("From")) {
                routes.forEach(route -> headers.add(new SipHeader("Route", route)));
            }
            headers.add(header);
        }
        if (plain.method().equals("INVITE")) {
            headers.addAll(inviteHeaders);
        }
        return new SipRequest(plain.method(), plain.uri(), plain.branch(), plain.cseq(), headers, plain.body());
    }
}
