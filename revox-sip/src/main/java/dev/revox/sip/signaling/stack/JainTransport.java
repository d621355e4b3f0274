package dev.revox.sip.signaling.stack;

import dev.revox.RevoxException;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.WireObserver;
import dev.revox.sip.signaling.valve.SourceValve;
import dev.revox.sip.signaling.wire.Wires;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.time.Duration;
import java.util.TooManyListenersException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.address.Hop;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;

/**
 * SIP transactions over UDP, carried out by JAIN-SIP.
 *
 * <p><b>Thread:</b> Thread-safe; sends on the caller's thread, which must be a platform thread (the library locks).
 */
public final class JainTransport implements SipTransport {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.stack");
    private static final AtomicLong STACKS = new AtomicLong();
    private static final int BIND_TRIES = 10;

    private static final String REHEARSAL = """
            OPTIONS sip:r@r.invalid SIP/2.0\r
            Via: SIP/2.0/UDP r.invalid;branch=z9hG4bKr\r
            Max-Forwards: 70\r
            From: <sip:r@r.invalid>;tag=r\r
            To: <sip:r@r.invalid>\r
            Call-ID: r\r
            CSeq: 1 OPTIONS\r
            Contact: <sip:r@r.invalid>\r
            User-Agent: r\r
            Allow: INVITE, ACK\r
            Content-Type: application/sdp\r
            Content-Length: 0\r
            \r
            """;

    private final SipStackImpl stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final JainEvents events;
    private final SourceValve valve;
    private final int localPort;
    private final int t1Ms;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JainTransport(
            SipStackImpl stack,
            SipProvider provider,
            MessageFactory messages,
            JainEvents events,
            SourceValve valve,
            int localPort,
            int t1Ms) {
        this.stack = stack;
        this.provider = provider;
        this.messages = messages;
        this.events = events;
        this.valve = valve;
        this.localPort = localPort;
        this.t1Ms = t1Ms;
    }

    /**
     * Binds and starts.
     *
     * @param port 0 for any free port
     * @param valve what stands before the parser
     * @param t1 the estimate of the round trip that all timers are multiples of (RFC 3261 §17.1.1.1)
     * @throws RevoxException retryable, when the address or port cannot be bound
     */
    public static JainTransport open(InetAddress address, int port, Duration t1, SipInbox inbox, SourceValve valve) {
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        try {
            SipStackImpl stack = (SipStackImpl)
                    factory.createSipStack(StackSettings.of("revox-sip-stack-" + STACKS.incrementAndGet()));
            stack.setMessageProcessorFactory(new Wires(valve));
            try {
                ListeningPoint point = bind(stack, address, port);
                SipProvider provider = stack.createSipProvider(point);
                MessageFactory messages = factory.createMessageFactory();
                JainEvents events = new JainEvents(
                        inbox,
                        new JainServerTransaction.Factories(messages, factory.createHeaderFactory()),
                        Math.toIntExact(t1.toMillis()));
                provider.addSipListener(events);
                stack.start();
                rehearse(messages);
                return new JainTransport(
                        stack, provider, messages, events, valve, point.getPort(), Math.toIntExact(t1.toMillis()));
            } catch (SipException
                    | TooManyListenersException
                    | IOException
                    | InvalidArgumentException
                    | RuntimeException e) {
                stop(stack);
                throw new RevoxException(
                        "SIP cannot listen on " + address.getHostAddress() + ":" + port
                                + "; is the port taken or the address not this machine's?",
                        e,
                        true);
            }
        } catch (PeerUnavailableException e) {
            throw new RevoxException("the SIP stack did not start", e, false);
        }
    }

    // The library makes a parser for every header it knows when it reads its first message: better now than in the
    // first call.
    private static void rehearse(MessageFactory messages) {
        try {
            Request unused = messages.createRequest(REHEARSAL);
        } catch (ParseException e) {
            throw new IllegalStateException("the SIP library cannot read a plain request", e);
        }
    }

    private static ListeningPoint bind(SipStackImpl stack, InetAddress address, int port)
            throws SipException, InvalidArgumentException, IOException {
        for (int tries = 1; ; tries++) {
            int wanted = port != 0 ? port : freePort(address);
            try {
                return stack.createListeningPoint(address.getHostAddress(), wanted, ListeningPoint.UDP);
            } catch (InvalidArgumentException e) {
                if (port != 0 || tries == BIND_TRIES) {
                    throw e;
                }
            }
        }
    }

    // The library takes no port 0, so another program may snatch the port in between; then we try again.
    private static int freePort(InetAddress address) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void send(SipRequest request, ResponseSink sink) {
        try {
            Request message = messages.createRequest(request.encode());
            ClientTransaction transaction = provider.getNewClientTransaction(message);
            transaction.setRetransmitTimer(t1Ms);
            befriend(transaction);
            events.expect(request.branch(), request.method(), sink);
            transaction.sendRequest();
        } catch (ParseException | SipException | RuntimeException e) {
            ResponseSink unused =
                    events.forget(request.branch(), request.method()).orElse(sink);
            unsent(request, e);
            sink.onTransportError();
        }
    }

    // What answers us is no stranger, also where the trunk's address is not on its list.
    private void befriend(ClientTransaction transaction) {
        Hop hop = ((SIPClientTransaction) transaction).getNextHop();
        if (hop != null) {
            try {
                valve.befriend(InetAddress.getByName(hop.getHost()));
            } catch (UnknownHostException e) {
                // It will not be sent either.
                LOG.log(System.Logger.Level.DEBUG, "a next hop has no address");
            }
        }
    }

    @Override
    public void sendOnce(SipRequest request) {
        try {
            provider.sendRequest(messages.createRequest(request.encode()));
        } catch (ParseException | SipException | RuntimeException e) {
            unsent(request, e);
        }
    }

    private static void unsent(SipRequest request, Exception cause) {
        LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of(request.method() + " could not be sent: " + cause));
    }

    @Override
    public void show(WireObserver observer) {
        if (stack.getServerLogger() instanceof MessageLog log) {
            log.show(observer);
        }
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int openTransactions() {
        return stack.getClientTransactionTableSize() + stack.getServerTransactionTableSize() + events.expected();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop(stack);
        }
    }

    // stop() leaves the (non-daemon) scanner thread waiting for an event that never comes; an empty one ends it.
    private static void stop(SipStackImpl stack) {
        EventScanner scanner = stack.getEventScanner();
        try {
            stack.stop();
        } catch (NullPointerException unready) {
            // JAIN-SIP trips over its own reader thread when it is stopped before that thread has begun. It must not
            // hide
            // why somebody closes a line that has just been opened.
            LOG.log(System.Logger.Level.DEBUG, "the SIP stack was stopped before it was up");
        } finally {
            if (scanner != null) {
                scanner.addEvent(new EventWrapper(null, null));
            }
        }
    }
}
