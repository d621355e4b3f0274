package dev.revox.sip.signaling.stack;

import dev.revox.sip.location.Target;
import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.log.Redaction;
import gov.nist.javax.sip.ResponseEventExt;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;

/**
 * What the library tells us, translated and handed on.
 *
 * <p><b>Thread:</b> called on the library's threads, which own nothing: every method looks up and posts. One catch-all
 * stands around each, because the library's lazy parsing may throw anything on a message it has accepted.
 */
final class JainEvents implements SipListener {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.stack");

    private final SipInbox inbox;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** Who waits for the responses to a request, and where it went. */
    private static final class Waiting {
        private final Target target;
        private final ResponseSink sink;
        private volatile boolean answered;

        Waiting(Target target, ResponseSink sink) {
            this.target = target;
            this.sink = sink;
        }
    }

    JainEvents(SipInbox inbox) {
        this.inbox = inbox;
    }

    void expect(String branch, String method, Target target, ResponseSink sink) {
        waiting.put(key(branch, method), new Waiting(target, sink));
    }

    Optional<ResponseSink> forget(String branch, String method) {
        return Optional.ofNullable(waiting.remove(key(branch, method))).map(w -> w.sink);
    }

    /**
     * Requests that went by a connection that is gone, and had no answer at all, failed. The others' answers may still come by a
     * new one (RFC 3261 §18.2.2).
     */
    void connectionLost(Transport transport, InetAddress peer, int port) {
        waiting.forEach((key, w) -> {
            boolean his = w.target.transport() == transport
                    && w.target.port() == port
                    && w.target.address().equals(peer);
            if (his && !w.answered && waiting.remove(key, w)) {
                w.sink.onTransportError();
            }
        });
    }

    int expected() {
        return waiting.size();
    }

    // A CANCEL has the branch of its INVITE (RFC 3261 §9.1).
    private static String key(String branch, String method) {
        return method + ' ' + branch;
    }

    @Override
    public void processRequest(RequestEvent event) {
        // Requests are taken where they are read.
    }

    @Override
    public void processResponse(ResponseEvent event) {
        try {
            ResponseEventExt extended = (ResponseEventExt) event;
            SIPResponse response = (SIPResponse) event.getResponse();
            if (MessageLimits.violation(response).isPresent()) {
                return;
            }
            IncomingResponse incoming = Translation.of(
                    response, new InetSocketAddress(extended.getRemoteIpAddress(), extended.getRemotePort()));
            String key = key(incoming.frame().branch(), incoming.frame().method());
            Waiting found = incoming.provisional() ? waiting.get(key) : waiting.remove(key);
            if (found != null) {
                found.answered = true;
                found.sink.onResponse(incoming);
            } else {
                inbox.onStrayResponse(incoming);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of("a response was dropped: " + e));
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            forget(event.getClientTransaction()).ifPresent(ResponseSink::onTimeout);
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // The socket's own trouble; a failed send is told by the send itself, or by the transaction's timeout.
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // The end of a transaction that got no final response: whoever still waits has waited long enough.
        if (!event.isServerTransaction()) {
            forget(event.getClientTransaction());
        }
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // The library keeps no dialogs here.
    }

    private Optional<ResponseSink> forget(Transaction transaction) {
        String branch = transaction.getBranchId();
        Request request = transaction.getRequest();
        if (branch == null) {
            return Optional.empty();
        }
        String method = request == null
                ? ((gov.nist.javax.sip.stack.SIPTransaction) transaction).getMethod()
                : request.getMethod();
        return forget(branch, method);
    }
}
