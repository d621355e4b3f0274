package dev.revox.sip.signaling.transaction;

import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import java.nio.charset.StandardCharsets;

/**
 * What every response repeats of its request, and how the two become a message.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §8.2.6, §12.1.1.
 *
 * @param vias header lines of all Vias, in order, with line ends
 * @param to header line of To, without its line end
 * @param toTagged the request brought a tag of ours
 * @param others header lines of From, Call-ID and CSeq
 * @param recordRoutes header lines that a response which makes a dialog repeats; may be empty
 * @param timestamp header line that a 100 repeats (RFC 3261 §8.2.6.1); may be empty
 */
public record Echo(String vias, String to, boolean toTagged, String others, String recordRoutes, String timestamp) {

    /** The response as it goes over the wire. */
    byte[] encode(SipReply reply, String phrase) {
        int status = reply.status();
        StringBuilder text = new StringBuilder(1024);
        text.append("SIP/2.0 ").append(status).append(' ').append(phrase).append("\r\n");
        text.append(vias).append(to);
        if (!toTagged && reply.toTag().isPresent()) {
            text.append(";tag=").append(reply.toTag().get());
        }
        text.append("\r\n").append(others);
        if (status > 100 && status < 300) {
            text.append(recordRoutes);
        }
        if (status == 100) {
            text.append(timestamp);
        }
        for (SipHeader header : reply.headers()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (reply.body().isEmpty()) {
            text.append("Content-Length: 0\r\n\r\n");
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        SipBody body = reply.body().get();
        byte[] content = body.content().getBytes(StandardCharsets.UTF_8);
        text.append("Content-Type: ").append(body.contentType()).append("\r\nContent-Length: ");
        text.append(content.length).append("\r\n\r\n").append(body.content());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
