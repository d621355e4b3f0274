package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.RecordRouteHeader;

/** The library's messages in our own words. <b>Thread:</b> Thread-safe. */
final class Translation {

    /** Headers that have a place of their own in the frame, or that nobody asks for. */
    private static final Set<String> TOLD_OTHERWISE =
            Set.of("from", "to", "call-id", "cseq", "record-route", "max-forwards", "content-length", "content-type");

    private Translation() {}

    static IncomingRequest of(SIPRequest request, InetSocketAddress source) {
        return new IncomingRequest(
                request.getRequestURI().toString(), user(request.getRequestURI()), frame(request, source));
    }

    static IncomingResponse of(SIPResponse response, InetSocketAddress source) {
        return new IncomingResponse(
                response.getStatusCode(),
                Optional.ofNullable(response.getReasonPhrase()).orElse(""),
                frame(response, source));
    }

    private static SipFrame frame(SIPMessage message, InetSocketAddress source) {
        String branch =
                message.getTopmostVia() == null ? null : message.getTopmostVia().getBranch();
        return new SipFrame(
                message.getCSeq().getMethod(),
                message.getCallId().getCallId(),
                message.getCSeq().getSeqNumber(),
                value(message.getFrom()),
                value(message.getTo()),
                user(message.getFrom().getAddress().getURI()),
                orEmpty(message.getFromTag()),
                orEmpty(message.getToTag()),
                orEmpty(branch),
                contact(message),
                recordRoutes(message),
                others(message),
                body(message),
                source);
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    private static String value(Header header) {
        String text = header.toString().strip();
        return text.substring(text.indexOf(':') + 1).strip();
    }

    private static String user(URI uri) {
        if (uri instanceof SipURI sip) {
            return orEmpty(sip.getUser());
        }
        return uri instanceof TelURL tel ? (tel.isGlobal() ? "+" : "") + orEmpty(tel.getPhoneNumber()) : "";
    }

    // maddr would let the other side send our requests anywhere.
    private static Optional<String> contact(SIPMessage message) {
        ListIterator<?> contacts = message.getHeaders(ContactHeader.NAME);
        if (contacts.hasNext()
                && contacts.next() instanceof ContactHeader contact
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipURI uri) {
            SipURI copy = (SipURI) uri.clone();
            copy.removeParameter("maddr");
            copy.removeParameter("method");
            return Optional.of(copy.toString());
        }
        return Optional.empty();
    }

    private static List<String> recordRoutes(SIPMessage message) {
        List<String> result = new ArrayList<>();
        ListIterator<?> routes = message.getHeaders(RecordRouteHeader.NAME);
        while (routes.hasNext()) {
            result.add(((RecordRouteHeader) routes.next()).getAddress().toString());
        }
        return result;
    }

    private static Map<String, List<String>> others(SIPMessage message) {
        Map<String, List<String>> result = new HashMap<>();
        ListIterator<?> names = message.getHeaderNames();
        while (names.hasNext()) {
            String name = (String) names.next();
            if (TOLD_OTHERWISE.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            ListIterator<?> headers = message.getHeaders(name);
            List<String> values = new ArrayList<>();
            while (headers.hasNext()) {
                values.add(value((Header) headers.next()));
            }
            result.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
        }
        return result;
    }

    private static Optional<SipBody> body(SIPMessage message) {
        byte[] content = message.getRawContent();
        if (content == null || content.length == 0 || message.getContentTypeHeader() == null) {
            return Optional.empty();
        }
        return Optional.of(new SipBody(
                value((Header) message.getContentTypeHeader()), new String(content, StandardCharsets.UTF_8)));
    }
}
