package dev.revox.bench.rate.side;

import dev.revox.sip.signaling.log.MessageLog;
import dev.revox.sip.signaling.log.StackLog;
import gov.nist.javax.sip.SipStackImpl;
import java.text.ParseException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * The measured process of JAIN-SIP alone: the least that answers calls with it, on its own sockets and threads. Of our code there is only
 * the log, which is off; its own log would be log4j 1.x.
 */
public final class BareJain implements SipListener {
    private static final String SDP = """
            v=0\r
            o=- 1 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 9 RTP/AVP 0 101\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:101 telephone-event/8000\r
            """;

    private final SipStackImpl stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final AddressFactory addresses;
    private final int port;
    private final int t1Ms;
    private final AtomicInteger tags = new AtomicInteger();

    /** {@code off|on port t1-ms}: automatic dialogs. */
    public static void main(String[] args) throws Exception {
        BareJain bare = new BareJain(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Answers.serve(question -> bare.stack.getServerTransactionTableSize());
    }

    private BareJain(String dialogs, int port, int t1Ms) throws Exception {
        this.port = port;
        this.t1Ms = t1Ms;
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "bare");
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", dialogs);
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "2");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        stack = (SipStackImpl) factory.createSipStack(properties);
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        addresses = factory.createAddressFactory();
        provider = stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, ListeningPoint.UDP));
        provider.addSipListener(this);
        stack.start();
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            Request request = event.getRequest();
            switch (request.getMethod()) {
                case Request.INVITE -> answer(request, transaction(event));
                case Request.BYE -> transaction(event).sendResponse(messages.createResponse(Response.OK, request));
                default -> {}
            }
        } catch (ParseException | SipException | InvalidArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerTransaction transaction(RequestEvent event) throws SipException, InvalidArgumentException {
        ServerTransaction transaction = event.getServerTransaction();
        if (transaction == null) {
            transaction = provider.getNewServerTransaction(event.getRequest());
            transaction.setRetransmitTimer(t1Ms);
        }
        return transaction;
    }

    private void answer(Request invite, ServerTransaction transaction)
            throws ParseException, SipException, InvalidArgumentException {
        String tag = "t" + tags.incrementAndGet();
        transaction.sendResponse(response(Response.RINGING, invite, tag));
        Response ok = response(Response.OK, invite, tag);
        ok.setContent(SDP, headers.createContentTypeHeader("application", "sdp"));
        transaction.sendResponse(ok);
    }

    private Response response(int status, Request invite, String tag) throws ParseException {
        Response response = messages.createResponse(status, invite);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
        response.addHeader(headers.createContactHeader(addresses.createAddress("<sip:bare@127.0.0.1:" + port + ">")));
        return response;
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
