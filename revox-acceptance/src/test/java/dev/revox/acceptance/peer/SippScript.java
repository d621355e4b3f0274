package dev.revox.acceptance.peer;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A SIPp scenario, written step by step: SIPp plays the other side of one call of ours, or places one.
 *
 * <p>From, CSeq, Via and To of the INVITE are kept, so that it can be answered again at any time.
 */
final class SippScript {

    static final String SDP = """
            v=0
            o=- 5 1 IN IP4 [local_ip]
            s=-
            c=IN IP4 [media_ip]
            t=0 0
            m=audio [media_port] RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            """;

    private final StringBuilder steps = new StringBuilder();

    private SippScript() {}

    /** As the called side: waits for the INVITE. */
    static SippScript called() {
        return new SippScript().takesInvite();
    }

    /** As the calling side. */
    static SippScript calling(String extra, String sdp) {
        SippScript script = new SippScript();
        return script.send(
                "INVITE sip:+14155550123@[remote_ip]:[remote_port] SIP/2.0",
                """
                Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
                From: <sip:+14155550188@[local_ip]:[local_port]>;tag=[call_number]
                To: <sip:+14155550123@[remote_ip]:[remote_port]>
                Call-ID: [call_id]
                CSeq: 1 INVITE
                Max-Forwards: 70
                """ + contact() + extra,
                sdp,
                true);
    }

    private static String contact() {
        return "Contact: <sip:callee@[local_ip]:[local_port]>\n";
    }

    /** An INVITE, the first or a further one. */
    SippScript takesInvite() {
        steps.append("<recv request=\"INVITE\" rrs=\"true\"><action>");
        String[] headers = {"From:", "CSeq:", "Via:", "To:"};
        for (int i = 0; i < headers.length; i++) {
            steps.append("<ereg regexp=\".*\" search_in=\"hdr\" header=\"")
                    .append(headers[i])
                    .append("\" assign_to=\"")
                    .append(i + 1)
                    .append("\"/>");
        }
        steps.append("</action></recv>\n");
        return this;
    }

    SippScript takes(String method) {
        steps.append("<recv request=\"").append(method).append("\"/>\n");
        return this;
    }

    /** Takes a request whose text must match. */
    SippScript takes(String method, String pattern) {
        steps.append("<recv request=\"")
                .append(method)
                .append("\"><action><ereg regexp=\"")
                .append(pattern.replace("<", "&lt;"))
                .append("\" search_in=\"msg\" check_it=\"true\" assign_to=\"5\"/></action></recv>\n");
        return this;
    }

    SippScript gets(int status) {
        steps.append("<recv response=\"").append(status).append("\" rrs=\"true\"/>\n");
        return this;
    }

    SippScript mayGet(int status) {
        steps.append("<recv response=\"").append(status).append("\" optional=\"true\"/>\n");
        return this;
    }

    SippScript pause(int ms) {
        steps.append("<pause milliseconds=\"").append(ms).append("\"/>\n");
        return this;
    }

    /** Answers the INVITE, whatever has come since; {@code extra} is header lines. */
    SippScript answersInvite(String status, String tag, String extra, String sdp) {
        return send(
                "SIP/2.0 " + status,
                "Via:[$3]\nFrom:[$1]\nTo:[$4];tag=" + tag + "\nCall-ID: [call_id]\nCSeq:[$2]\n" + contact() + extra,
                sdp,
                false);
    }

    /** Answers a further INVITE, whose To has our tag. */
    SippScript answersReinvite(String status, String extra, String sdp) {
        return send(
                "SIP/2.0 " + status,
                "Via:[$3]\nFrom:[$1]\nTo:[$4]\nCall-ID: [call_id]\nCSeq:[$2]\n" + contact() + extra,
                sdp,
                false);
    }

    /** Answers the request that came last. */
    SippScript answers(String status, String extra, String sdp) {
        return send(
                "SIP/2.0 " + status,
                "[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n" + contact() + extra,
                sdp,
                false);
    }

    /** Asks something within the dialog, as the called side under this tag. */
    SippScript asks(String method, int cseq, String tag, String extra, String body) {
        return send(
                method + " [next_url] SIP/2.0",
                "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]\nFrom:[$4];tag=" + tag
                        + "\nTo:[$1]\nCall-ID: [call_id]\nCSeq: " + cseq + " " + method + "\nMax-Forwards: 70\n"
                        + contact() + extra,
                body,
                !method.equals("ACK"));
    }

    /** Acknowledges the refusal of an INVITE of ours three steps ago, in its transaction (RFC 3261 §17.1.1.3). */
    SippScript acksRefusal(int cseq, String tag) {
        return send(
                "ACK [next_url] SIP/2.0",
                "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch-3]\nFrom:[$4];tag=" + tag
                        + "\nTo:[$1]\nCall-ID: [call_id]\nCSeq: " + cseq + " ACK\nMax-Forwards: 70\n",
                "",
                false);
    }

    /** Asks something within the dialog, as the calling side. */
    SippScript callerAsks(String method, int cseq, String extra, String body) {
        return send(
                method + " [next_url] SIP/2.0",
                """
                Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
                From: <sip:+14155550188@[local_ip]:[local_port]>;tag=[call_number]
                [last_To:]
                Call-ID: [call_id]
                Max-Forwards: 70
                """ + "CSeq: " + cseq + " " + method + "\n" + contact() + extra,
                body,
                !method.equals("ACK"));
    }

    private SippScript send(String startLine, String headers, String body, boolean repeated) {
        boolean typed = headers.contains("Content-Type");
        steps.append(repeated ? "<send retrans=\"500\"><![CDATA[\n" : "<send><![CDATA[\n")
                .append(startLine)
                .append('\n')
                .append(headers);
        if (!body.isEmpty() && !typed) {
            steps.append("Content-Type: application/sdp\n");
        }
        steps.append("Content-Length: [len]\n\n").append(body).append("\n]]></send>\n");
        return this;
    }

    /** Takes BYE, answers it, and is done. */
    String untilBye() {
        return takes("BYE").answers("200 OK", "", "").end();
    }

    String end() {
        // SIPp refuses a scenario in which a variable is only set.
        String used = IntStream.rangeClosed(1, 5)
                .filter(i -> steps.indexOf("assign_to=\"" + i + "\"") >= 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"one call\">\n" + steps
                + (used.isEmpty() ? "" : "<Reference variables=\"" + used + "\"/>\n") + "</scenario>\n";
    }
}
