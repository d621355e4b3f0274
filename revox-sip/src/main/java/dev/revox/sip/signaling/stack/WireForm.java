package dev.revox.sip.signaling.stack;

import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A request as its transport and its first router want it.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §18.1.1 (Via's transport and sent-by are the transport layer's), §12.2.1.1 (strict
 * routers).
 */
final class WireForm {

    private static final String PLAIN = "SIP/2.0/UDP ";
    private static final Pattern LOOSE = Pattern.compile("(?i);lr\\b");

    private WireForm() {}

    /**
     * The request to send; the same one when nothing is to be changed.
     *
     * @param tlsPort where we take TLS connections
     */
    static SipRequest of(SipRequest request, Transport transport, OptionalInt tlsPort) {
        boolean strict = request.header("Route")
                .filter(route -> !LOOSE.matcher(route).find())
                .isPresent();
        if (transport == Transport.UDP && !strict) {
            return request;
        }
        List<SipHeader> headers = new ArrayList<>();
        List<String> routes = new ArrayList<>();
        for (SipHeader header : request.headers()) {
            switch (header.name()) {
                case "Via" -> headers.add(new SipHeader("Via", via(header.value(), transport, tlsPort)));
                case "Route" -> routes.add(header.value());
                default -> headers.add(header);
            }
        }
        String uri = strict ? bare(routes.removeFirst()) : request.uri();
        if (strict) {
            routes.add("<" + request.uri() + ">");
        }
        List<SipHeader> routed =
                routes.stream().map(route -> new SipHeader("Route", route)).toList();
        headers.addAll(1, routed);
        return new SipRequest(request.method(), uri, request.branch(), request.cseq(), headers, request.body());
    }

    private static String via(String value, Transport transport, OptionalInt tlsPort) {
        if (!value.startsWith(PLAIN)) {
            return value;
        }
        String rest = value.substring(PLAIN.length());
        if (transport == Transport.TLS && tlsPort.isPresent()) {
            int end = rest.indexOf(';');
            String sentBy = end < 0 ? rest : rest.substring(0, end);
            int colon = sentBy.lastIndexOf(':');
            String host = colon > sentBy.lastIndexOf(']') ? sentBy.substring(0, colon) : sentBy;
            rest = host + ":" + tlsPort.getAsInt() + rest.substring(sentBy.length());
        }
        return "SIP/2.0/" + transport.name() + " " + rest;
    }

    private static String bare(String route) {
        String uri = route.substring(route.indexOf('<') + 1);
        int close = uri.indexOf('>');
        return close < 0 ? uri : uri.substring(0, close);
    }
}
