package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.syntax.Flaw;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a parsed message must still satisfy: the library's parser accepts about half of what RFC 4475 calls invalid, and sets
 * no bounds.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §8.1.1, §8.2, §20.
 */
final class MessageLimits {

    static final int MAX_HEADERS = 100;
    /** As many as Max-Forwards usually allows hops; RFC 4475 §3.1.1.7 has 34. */
    static final int MAX_VIAS = 70;

    static final int MAX_ROUTES = 20;
    private static final long MAX_CSEQ = (1L << 31) - 1;

    private MessageLimits() {}

    /** What refuses a message (a bad response is dropped instead), empty when it is fine. */
    static Optional<Flaw> violation(SIPMessage message) {
        if (message.getApplicationData() instanceof Flaw flaw) {
            return Optional.of(flaw);
        }
        return status(message).map(status -> new Flaw(status, ""));
    }

    private static Optional<Integer> status(SIPMessage message) {
        int values = 0;
        Iterator<?> all = message.getHeaders();
        while (all.hasNext()) {
            values += all.next() instanceof SIPHeaderList<?> list ? list.size() : 1;
        }
        if (values > MAX_HEADERS
                || message.getViaHeaders().size() > MAX_VIAS
                || size(message.getRouteHeaders()) > MAX_ROUTES
                || size(message.getRecordRouteHeaders()) > MAX_ROUTES) {
            return Optional.of(400);
        }
        if (message.getCSeq() == null
                || message.getCSeq().getSeqNumber() < 0
                || message.getCSeq().getSeqNumber() > MAX_CSEQ
                || (message.getFromTag() == null && !beforeRfc3261(message))
                || message.getCallId() == null
                || message.getCallId().getCallId().isBlank()) {
            return Optional.of(400);
        }
        if (message instanceof SIPRequest request) {
            if (!request.getMethod().equals(request.getCSeq().getMethod())) {
                return Optional.of(400);
            }
            if (request.getMethod().equals("INVITE") && request.getContactHeaders() == null) {
                return Optional.of(400); // RFC 3261 §8.1.1.8; the library would make no transaction and say nothing
            }
            if (request.getMaxForwards() != null && request.getMaxForwards().getMaxForwards() < 0) {
                return Optional.of(400);
            }
            if (!"sip".equalsIgnoreCase(request.getRequestURI().getScheme())
                    && !"sips".equalsIgnoreCase(request.getRequestURI().getScheme())
                    && !"tel".equalsIgnoreCase(request.getRequestURI().getScheme())) {
                return Optional.of(416);
            }
        }
        return Optional.empty();
    }

    // RFC 3261 §12.1.1, §17.2.3: an element that follows RFC 2543 has neither tag nor magic cookie.
    private static boolean beforeRfc3261(SIPMessage message) {
        String branch =
                message.getTopmostVia() == null ? null : message.getTopmostVia().getBranch();
        return branch == null || !branch.startsWith("z9hG4bK");
    }

    private static int size(@Nullable SIPHeaderList<?> list) {
        return list == null ? 0 : list.size();
    }
}
