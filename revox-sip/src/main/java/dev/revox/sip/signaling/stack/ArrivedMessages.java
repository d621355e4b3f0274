package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.datagram.MessageTaker;
import dev.revox.sip.signaling.log.MessageLog;
import dev.revox.sip.signaling.log.Redaction;
import dev.revox.sip.signaling.syntax.Flaw;
import dev.revox.sip.signaling.transaction.ClientTransactions;
import dev.revox.sip.signaling.transaction.Echo;
import dev.revox.sip.signaling.transaction.ReplyWay;
import dev.revox.sip.signaling.transaction.ServerTransactions;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;
import javax.sip.header.TimeStampHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Messages as they come from the parser. Requests that came before get the same answer, those that are let in get a transaction, the others a
 * refusal that is not remembered. Responses go to the request that waits for them.
 *
 * <p><b>Thread:</b> called on the sockets' threads, which own nothing: looks up and posts. One catch-all stands round it, because the
 * library's lazy parsing may throw anything on a message it has accepted.
 */
final class ArrivedMessages implements MessageTaker {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.stack");
    private static final String COOKIE = "z9hG4bK";

    private final SipInbox inbox;
    private final ServerTransactions transactions;
    private final ClientTransactions requests;
    private final MessageLog log;

    ArrivedMessages(SipInbox inbox, ServerTransactions transactions, ClientTransactions requests, MessageLog log) {
        this.inbox = inbox;
        this.transactions = transactions;
        this.requests = requests;
        this.log = log;
    }

    @Override
    public void onRequest(SIPRequest request, InetSocketAddress source, String own, ReplyWay way) {
        try {
            if (log.watching()) {
                String peer = place(source);
                log.received(request, peer, own);
                take(request, source, new Shown(way, log, own, peer));
            } else {
                take(request, source, way);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of("a request was dropped: " + e));
        }
    }

    private static String place(InetSocketAddress source) {
        return source.getAddress().getHostAddress() + ":" + source.getPort();
    }

    @Override
    public void onResponse(SIPResponse response, InetSocketAddress source, String own) {
        try {
            if (log.watching()) {
                log.received(response, place(source), own);
            }
            response.checkHeaders();
            if (MessageLimits.violation(response).isPresent()) {
                return;
            }
            IncomingResponse incoming = Translation.of(response, source);
            if (!requests.onResponse(incoming)) {
                inbox.onStrayResponse(incoming);
            }
        } catch (ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of("a response was dropped: " + e));
        }
    }

    private void take(SIPRequest request, InetSocketAddress source, ReplyWay way) {
        boolean ack = request.getMethod().equals(Request.ACK);
        String id = id(request, ack ? Request.INVITE : request.getMethod());
        if (ack ? transactions.acknowledged(id) : transactions.repeated(id)) {
            return;
        }
        Optional<Flaw> violation = MessageLimits.violation(request);
        if (violation.isPresent()) {
            if (!ack) {
                transactions.answerOnce(
                        echo(request),
                        way,
                        SipReply.of(violation.get().status()),
                        Optional.of(violation.get().reason()).filter(reason -> !reason.isEmpty()));
            }
            return;
        }
        IncomingRequest incoming = Translation.of(request, source);
        if (ack) {
            inbox.onAck(incoming);
            return;
        }
        Optional<SipReply> refusal = inbox.refusal(incoming);
        if (refusal.isPresent()) {
            transactions.answerOnce(echo(request), way, refusal.get(), Optional.empty());
            return;
        }
        Optional<ServerTransaction> begun =
                transactions.begin(id, request.getMethod().equals(Request.INVITE), echo(request), way);
        begun.ifPresent(transaction -> inbox.onRequest(incoming, transaction));
    }

    // RFC 3261 §17.2.3: by branch and sent-by; by everything together when it comes from before that RFC.
    private static String id(SIPRequest request, String method) {
        Via via = request.getTopmostVia();
        String branch = via.getBranch();
        String sentBy = via.getSentBy().encode();
        if (branch != null && branch.regionMatches(true, 0, COOKIE, 0, COOKIE.length())) {
            return method + ' ' + branch.toLowerCase(Locale.ROOT) + ' ' + sentBy;
        }
        return method
                + ' '
                + callId(request)
                + ' '
                + request.getCSeq().getSeqNumber()
                + ' '
                + request.getFromTag()
                + ' '
                + request.getRequestURI()
                + ' '
                + sentBy;
    }

    private static String callId(SIPRequest request) {
        return request.getCallId() == null ? "" : request.getCallId().getCallId();
    }

    private static Echo echo(SIPRequest request) {
        boolean toTagged = request.getToTag() != null;
        String to = line((SIPHeader) request.getTo());
        StringBuilder others = new StringBuilder(256);
        others.append(line((SIPHeader) request.getFrom()));
        others.append(line((SIPHeader) request.getCallId()));
        others.append(line((SIPHeader) request.getCSeq()));
        RecordRouteList recordRoutes = request.getRecordRouteHeaders();
        return new Echo(
                request.getViaHeaders().encode(),
                to.strip(),
                toTagged,
                others.toString(),
                toTagged || recordRoutes == null ? "" : recordRoutes.encode(),
                line((SIPHeader) request.getHeader(TimeStampHeader.NAME)));
    }

    private static String line(@Nullable SIPHeader header) {
        return header == null ? "" : header.encode();
    }

    /** Shows what leaves. */
    private record Shown(ReplyWay way, MessageLog log, String own, String peer) implements ReplyWay {
        @Override
        public boolean reliable() {
            return way.reliable();
        }

        @Override
        public void send(byte[] response) {
            log.sent(new String(response, StandardCharsets.UTF_8), own, peer);
            way.send(response);
        }
    }
}
