package dev.revox.sip.signaling.stack;

import dev.revox.RevoxException;
import dev.revox.sip.location.Target;
import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SignalingWire;
import dev.revox.sip.signaling.SignalingWire.WireObserver;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.log.MessageLog;
import dev.revox.sip.signaling.log.Redaction;
import dev.revox.sip.signaling.transaction.ServerTransactions;
import dev.revox.sip.signaling.wire.GivenHops;
import dev.revox.sip.signaling.wire.KnownHop;
import dev.revox.sip.signaling.wire.StreamOwner;
import dev.revox.sip.signaling.wire.Wires;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TooManyListenersException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;

/**
 * SIP transactions over UDP, TCP and TLS, carried out by JAIN-SIP over sockets of our own.
 *
 * <p><b>Thread:</b> Thread-safe; sends on the caller's thread, which must be a platform thread (the library locks).
 */
public final class JainTransport implements SignalingWire, StreamOwner {

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
    private final ServerTransactions answers;
    private final StackPlan plan;
    private final Wires wires;
    private final int localPort;
    private final int t1Ms;
    private final Map<InetSocketAddress, String> names = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private JainTransport(
            SipStackImpl stack,
            SipProvider provider,
            MessageFactory messages,
            JainEvents events,
            ServerTransactions answers,
            Wires wires,
            StackPlan plan,
            int port) {
        this.stack = stack;
        this.provider = provider;
        this.messages = messages;
        this.events = events;
        this.answers = answers;
        this.wires = wires;
        this.plan = plan;
        this.localPort = port;
        this.t1Ms = Math.toIntExact(plan.t1().toMillis());
        wires.serve(this);
    }

    /**
     * Binds and starts.
     *
     * @throws RevoxException retryable, when the address or port cannot be bound
     */
    public static JainTransport open(StackPlan plan) {
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        try {
            SipStackImpl stack = (SipStackImpl)
                    factory.createSipStack(StackSettings.of("revox-sip-stack-" + STACKS.incrementAndGet()));
            ServerTransactions answers = new ServerTransactions(plan.time(), plan.t1(), SIPResponse::getReasonPhrase);
            ArrivedRequests requests = new ArrivedRequests(plan.inbox(), answers, (MessageLog) stack.getServerLogger());
            Wires wires = new Wires(plan.valve(), requests, plan.listensTcp(), plan.tls(), plan.tlsPort());
            stack.setMessageProcessorFactory(wires);
            try {
                ListeningPoint point = bind(stack, plan.address(), plan.port());
                SipProvider provider = stack.createSipProvider(point);
                MessageFactory messages = factory.createMessageFactory();
                JainEvents events = new JainEvents(plan.inbox());
                provider.addSipListener(events);
                JainTransport transport =
                        new JainTransport(stack, provider, messages, events, answers, wires, plan, point.getPort());
                transport.addStreams();
                stack.start();
                rehearse(messages);
                return transport;
            } catch (SipException
                    | TooManyListenersException
                    | IOException
                    | InvalidArgumentException
                    | RuntimeException e) {
                stop(stack);
                throw new RevoxException(
                        "SIP cannot listen on " + plan.address().getHostAddress() + ":" + plan.port()
                                + "; is the port taken or the address not this machine's?",
                        e,
                        true);
            }
        } catch (PeerUnavailableException e) {
            throw new RevoxException("the SIP stack did not start", e, false);
        }
    }

    private void addStreams() throws SipException, InvalidArgumentException {
        String own = plan.address().getHostAddress();
        provider.addListeningPoint(stack.createListeningPoint(own, localPort, ListeningPoint.TCP));
        if (plan.tls().isPresent()) {
            int port = plan.tlsPort().orElse(localPort);
            provider.addListeningPoint(stack.createListeningPoint(own, port, ListeningPoint.TLS));
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
    public void send(SipRequest request, Target target, ResponseSink sink) {
        Optional<ClientTransaction> begun = Optional.empty();
        try {
            Request message = addressed(request, target);
            ClientTransaction transaction = provider.getNewClientTransaction(message);
            begun = Optional.of(transaction);
            transaction.setRetransmitTimer(t1Ms);
            events.expect(request.branch(), request.method(), target, sink);
            transaction.sendRequest();
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException e) {
            begun.ifPresent(JainTransport::drop);
            ResponseSink waiting =
                    events.forget(request.branch(), request.method()).orElse(sink);
            unsent(request, e);
            waiting.onTransportError();
        }
    }

    // The library keeps a transaction whose request could not be sent until its timers end.
    private static void drop(ClientTransaction transaction) {
        try {
            transaction.terminate();
        } catch (ObjectInUseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a transaction could not be dropped: " + e);
        }
    }

    @Override
    public void sendOnce(SipRequest request, Target target) {
        try {
            provider.sendRequest(addressed(request, target));
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException e) {
            unsent(request, e);
        }
    }

    // RFC 3261 §18.1.1: Via's transport and sent-by are the transport layer's.
    private Request addressed(SipRequest request, Target target) throws ParseException, InvalidArgumentException {
        SIPRequest message = (SIPRequest) messages.createRequest(request.encode());
        GivenHops.suitStrictRouter(message);
        message.setApplicationData(new KnownHop(target));
        message.getTopmostVia().setTransport(target.transport().name());
        if (target.transport() == Transport.TLS && plan.tlsPort().isPresent()) {
            message.getTopmostVia().setPort(plan.tlsPort().getAsInt());
        }
        if (target.transport() == Transport.TLS) {
            names.put(new InetSocketAddress(target.address(), target.port()), target.name());
        }
        // What answers us is no stranger, also where the trunk's address is not on its list.
        plan.valve().befriend(target.address());
        return message;
    }

    @Override
    public String nameOf(InetAddress peer, int port) {
        return names.getOrDefault(new InetSocketAddress(peer, port), "");
    }

    @Override
    public void connectionLost(boolean secure, InetAddress peer, int port) {
        events.connectionLost(secure ? Transport.TLS : Transport.TCP, peer, port);
    }

    @Override
    public void received(SIPMessage message, String from, String to) {
        stack.getServerLogger().logMessage(message, from, to, false, 0);
    }

    @Override
    public long nanoTime() {
        return plan.time().nanoTime();
    }

    @Override
    public int openConnections() {
        return wires.openConnections();
    }

    @Override
    public void keepAlive() {
        wires.keepAlive();
    }

    private static void unsent(SipRequest request, Exception cause) {
        LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of(request.method() + " could not be sent: " + cause));
    }

    @Override
    public void show(WireObserver observer) {
        ((MessageLog) stack.getServerLogger()).show(observer);
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int openTransactions() {
        return stack.getClientTransactionTableSize() + answers.size() + events.expected();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            answers.close();
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
