package dev.revox.testkit.phone.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What two telephones remember of each other for the length of a call.
 *
 * <p><b>Thread:</b> Confined to its owner's lock. <b>Spec:</b> RFC 3261 §12.
 */
public final class Dialog {

    private final String callId;
    private final String local;
    private final String remote;
    private final String target;
    private final List<String> routes;
    private final int port;
    private int cseq;

    private Dialog(String callId, String local, String remote, String target, List<String> routes, int port, int cseq) {
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.target = target;
        this.routes = routes;
        this.port = port;
        this.cseq = cseq;
    }

    /** The dialog of an INVITE that came in. */
    public static Dialog called(SipText invite, String tag, int port) {
        return new Dialog(
                invite.callId(),
                invite.header("to") + ";tag=" + tag,
                invite.header("from"),
                SipText.uri(invite.header("contact")),
                splitRoutes(invite.all("record-route")),
                port,
                0);
    }

    /** The dialog of an INVITE that we sent and that was answered. */
    public static Dialog calling(SipText invite, SipText answer, int port) {
        List<String> routes = splitRoutes(answer.all("record-route"));
        Collections.reverse(routes);
        return new Dialog(
                invite.callId(),
                invite.header("from"),
                answer.header("to"),
                SipText.uri(answer.header("contact")),
                routes,
                port,
                1);
    }

    private static List<String> splitRoutes(List<String> headers) {
        List<String> routes = new ArrayList<>();
        headers.forEach(header -> routes.addAll(List.of(header.split("\\s*,\\s*"))));
        return routes;
    }

    /** A new request within the dialog; ACK bears the number of its INVITE. */
    public SipText request(String method) {
        int number = method.equals("ACK") ? cseq : ++cseq;
        return SipText.request(method, target)
                .with("Via", via(port))
                .with("Max-Forwards", "70")
                .withAll("Route", routes)
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("CSeq", number + " " + method);
    }

    public static String via(int port) {
        return "SIP/2.0/UDP 127.0.0.1:" + port + ";rport;branch=z9hG4bK" + token();
    }

    public static String token() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 52), 36);
    }
}
