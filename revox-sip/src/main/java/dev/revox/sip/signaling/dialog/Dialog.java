package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What two sides remember of each other between requests, and the requests made from it.
 *
 * <p>It exists from the first INVITE on, before the other side has a tag. An outgoing dialog that forks is copied with
 * {@link #forkedBy}.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §12.
 */
public final class Dialog {

    private static final int MAX_FORWARDS = 70;
    private static final Pattern LOOSE = Pattern.compile("(?i);lr\\b");

    private final LocalParty local;
    private final Tokens tokens;
    private final String callId;
    private final String localAddress;
    private final String localTag;
    private String remoteAddress;
    private String remoteTag;
    private String remoteTarget;
    private List<String> routes;
    private final boolean ownCallId;
    private long localCseq;
    private long remoteCseq;

    private Dialog(
            LocalParty local,
            Tokens tokens,
            String callId,
            String localAddress,
            String localTag,
            String remoteAddress,
            String remoteTag,
            String remoteTarget,
            List<String> routes,
            boolean ownCallId) {
        this.local = local;
        this.tokens = tokens;
        this.callId = callId;
        this.localAddress = localAddress;
        this.localTag = localTag;
        this.remoteAddress = remoteAddress;
        this.remoteTag = remoteTag;
        this.remoteTarget = remoteTarget;
        this.routes = routes;
        this.ownCallId = ownCallId;
    }

    /**
     * Begins as the calling side.
     *
     * @param from our address, a name-addr without tag
     * @param target Request-URI of the INVITE
     */
    public static Dialog outgoing(LocalParty local, Tokens tokens, String from, String target) {
        return new Dialog(
                local, tokens, tokens.next(), from, tokens.next(), "<" + target + ">", "", target, List.of(), true);
    }

    /** Begins as the called side (RFC 3261 §12.1.1): the route set is the Record-Route as it came. */
    public static Dialog incoming(LocalParty local, Tokens tokens, IncomingRequest invite) {
        SipFrame frame = invite.frame();
        Dialog dialog = new Dialog(
                local,
                tokens,
                frame.callId(),
                frame.to(),
                tokens.next(),
                frame.from(),
                frame.fromTag(),
                frame.contact().orElse(invite.uri()),
                frame.recordRoutes(),
                false);
        dialog.remoteCseq = frame.cseq();
        return dialog;
    }

    /** The dialog that another fork's response makes of this one. */
    public Dialog forkedBy(IncomingResponse response) {
        Dialog fork = new Dialog(
                local, tokens, callId, localAddress, localTag, remoteAddress, "", remoteTarget, List.of(), ownCallId);
        fork.localCseq = localCseq;
        fork.confirm(response);
        return fork;
    }

    /** The 2xx to our INVITE: remote tag and target, and the route set reversed (RFC 3261 §12.1.2). */
    public void confirm(IncomingResponse response) {
        SipFrame frame = response.frame();
        remoteAddress = frame.to();
        remoteTag = frame.toTag();
        routes = frame.recordRoutes().reversed();
        refreshTarget(frame);
    }

    /** A 3xx says where the callee is: the next INVITE goes there, everything else stays (RFC 3261 §8.1.3.4). */
    public void retarget(String uri) {
        remoteTarget = uri;
    }

    /** A target refresh: the Contact of a 2xx or of a re-INVITE or UPDATE. */
    public void refreshTarget(SipFrame frame) {
        frame.contact().ifPresent(uri -> remoteTarget = uri);
    }

    public String callId() {
        return callId;
    }

    public String localTag() {
        return localTag;
    }

    public String remoteTag() {
        return remoteTag;
    }

    /** Takes the other side's sequence number; false when it is lower than one already seen (RFC 3261 §12.2.2). */
    public boolean inOrder(long cseq) {
        if (cseq < remoteCseq) {
            return false;
        }
        remoteCseq = cseq;
        return true;
    }

    /** The URI that the next request goes to first. */
    public String nextHop() {
        return routes.isEmpty() ? remoteTarget : routes.getFirst();
    }

    /** The URI that the next request names. */
    public String target() {
        return remoteTarget;
    }

    /** The Request-URI on the wire: a strict router stands in the target's place (RFC 3261 §12.2.1.1). */
    public String requestUri() {
        return strictlyRouted() ? bare(routes.getFirst()) : remoteTarget;
    }

    private boolean strictlyRouted() {
        return !routes.isEmpty() && !LOOSE.matcher(routes.getFirst()).find();
    }

    private static String bare(String route) {
        String uri = route.substring(route.indexOf('<') + 1);
        int close = uri.indexOf('>');
        return close < 0 ? uri : uri.substring(0, close);
    }

    /** True when we made the Call-ID, which decides who waits longer after a collision (RFC 3261 §14.1). */
    public boolean ownsCallId() {
        return ownCallId;
    }

    /** How the other side is told who asks for a transfer (RFC 3892). */
    public String localAddress() {
        return localAddress;
    }

    /** A request with the next sequence number. */
    public SipRequest request(String method, List<SipHeader> extras, Optional<SipBody> body) {
        localCseq++;
        return build(method, localCseq, tokens.branch(), extras, body);
    }

    /** The ACK to a 2xx: a transaction of its own with the INVITE's number (RFC 3261 §13.2.2.4, §22.3). */
    public SipRequest ack(SipRequest invite, boolean withCredentials, Optional<SipBody> body) {
        List<SipHeader> credentials = new ArrayList<>();
        for (SipHeader header : invite.headers()) {
            if (withCredentials && header.name().endsWith("Authorization")) {
                credentials.add(header);
            }
        }
        return build("ACK", invite.cseq(), tokens.branch(), credentials, body);
    }

    private SipRequest build(String method, long cseq, String branch, List<SipHeader> extras, Optional<SipBody> body) {
        List<SipHeader> headers = new ArrayList<>();
        headers.add(new SipHeader("Via", "SIP/2.0/UDP " + local.sentBy() + ";rport;branch=" + branch));
        headers.add(new SipHeader("Max-Forwards", Integer.toString(MAX_FORWARDS)));
        for (String route : routes) {
            headers.add(new SipHeader("Route", route));
        }
        headers.add(new SipHeader("From", localAddress + ";tag=" + localTag));
        headers.add(new SipHeader("To", remoteAddress));
        headers.add(new SipHeader("Call-ID", callId));
        headers.add(new SipHeader("CSeq", cseq + " " + method));
        if (!method.equals("BYE") && !method.equals("PRACK")) {
            headers.add(new SipHeader("Contact", local.contact()));
        }
        if (method.equals("INVITE") || method.equals("UPDATE")) {
            headers.add(new SipHeader("Allow", LocalParty.ALLOW));
            headers.add(new SipHeader("Supported", LocalParty.SUPPORTED));
            headers.add(new SipHeader("Accept", LocalParty.ACCEPT));
        }
        headers.addAll(extras);
        headers.add(new SipHeader("User-Agent", local.userAgent()));
        return new SipRequest(method, remoteTarget, branch, cseq, headers, body);
    }

    /** The CANCEL of a request of ours: same branch, number, From, To and Route (RFC 3261 §9.1). */
    public static SipRequest cancel(SipRequest invite) {
        List<SipHeader> headers = new ArrayList<>();
        for (SipHeader header : invite.headers()) {
            switch (header.name()) {
                case "Via", "Max-Forwards", "Route", "From", "To", "Call-ID", "User-Agent" -> headers.add(header);
                case "CSeq" -> headers.add(new SipHeader("CSeq", invite.cseq() + " CANCEL"));
                default -> {}
            }
        }
        return new SipRequest("CANCEL", invite.uri(), invite.branch(), invite.cseq(), headers, Optional.empty());
    }
}
