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
import dev.revox.sip.signaling.transaction.ClientTransactions;
import dev.revox.sip.signaling.transaction.ServerTransactions;
import dev.revox.sip.signaling.wire.StreamOwner;
import dev.revox.sip.signaling.wire.Wires;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipFactory;

/**
 * SIP transactions over UDP, TCP and TLS: JAIN-SIP parses, everything else is ours.
 *
 * <p><b>Thread:</b> Thread-safe; sends on the caller's thread, which may have to connect and must be a platform thread.
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
    private final MessageLog log;
    private final ServerTransactions answers;
    private final ClientTransactions requests;
    private final StackPlan plan;
    private final Wires wires;
    private final Map<InetSocketAddress, String> names = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int localPort;

    private JainTransport(SipStackImpl stack, StackPlan plan) {
        this.stack = stack;
        this.plan = plan;
        this.log = (MessageLog) stack.getServerLogger();
        this.answers = new ServerTransactions(plan.time(), plan.t1(), SIPResponse::getReasonPhrase);
        this.requests = new ClientTransactions(plan.time(), plan.t1(), this::put);
        ArrivedMessages arrived = new ArrivedMessages(plan.inbox(), answers, requests, log);
        this.wires = new Wires(plan.valve(), arrived, this, plan.listensTcp(), plan.tls(), plan.tlsPort());
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
            JainTransport transport = new JainTransport(stack, plan);
            try {
                transport.start();
                return transport;
            } catch (SipException | IOException | InvalidArgumentException | RuntimeException e) {
                transport.close();
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

    private void start() throws SipException, InvalidArgumentException, IOException {
        rehearse();
        stack.setMessageProcessorFactory(wires);
        localPort = bind(stack, plan.address(), plan.port()).getPort();
        String own = plan.address().getHostAddress();
        ListeningPoint tcp = stack.createListeningPoint(own, localPort, ListeningPoint.TCP);
        LOG.log(System.Logger.Level.DEBUG, () -> "SIP is at port " + tcp.getPort());
        if (plan.tls().isPresent()) {
            int port = plan.tlsPort().orElse(localPort);
            ListeningPoint tls = stack.createListeningPoint(own, port, ListeningPoint.TLS);
            LOG.log(System.Logger.Level.DEBUG, () -> "SIP over TLS is at port " + tls.getPort());
        }
        stack.start();
    }

    // The library makes a parser for every header it knows when it reads its first message: better now than in the
    // first call.
    private void rehearse() {
        try {
            var unused = stack.getMessageParserFactory()
                    .createMessageParser(stack)
                    .parseSIPMessage(REHEARSAL.getBytes(StandardCharsets.US_ASCII), true, false, null);
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
        SipRequest wired = addressed(request, target);
        requests.begin(wired, bytes(wired), target, sink);
    }

    @Override
    public void sendOnce(SipRequest request, Target target) {
        try {
            put(target, bytes(addressed(request, target)));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of(request.method() + " could not be sent: " + e));
        }
    }

    private static byte[] bytes(SipRequest request) {
        return request.encode().getBytes(StandardCharsets.UTF_8);
    }

    private void put(Target target, byte[] message) throws IOException {
        if (log.watching()) {
            String own = plan.address().getHostAddress() + ":" + localPort;
            log.sent(
                    new String(message, StandardCharsets.UTF_8),
                    own,
                    target.address().getHostAddress() + ":" + target.port());
        }
        wires.send(target, message);
    }

    private SipRequest addressed(SipRequest request, Target target) {
        if (target.transport() == Transport.TLS) {
            names.put(new InetSocketAddress(target.address(), target.port()), target.name());
        }
        // What answers us is no stranger, also where the trunk's address is not on its list.
        plan.valve().befriend(target.address());
        return WireForm.of(request, target.transport(), plan.tlsPort());
    }

    @Override
    public String nameOf(InetAddress peer, int port) {
        return names.getOrDefault(new InetSocketAddress(peer, port), "");
    }

    @Override
    public void connectionLost(boolean secure, InetAddress peer, int port) {
        Transport transport = secure ? Transport.TLS : Transport.TCP;
        requests.connectionLost(target -> target.transport() == transport
                && target.port() == port
                && target.address().equals(peer));
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

    @Override
    public void show(WireObserver observer) {
        log.show(observer);
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int openTransactions() {
        return answers.size() + requests.size();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            answers.close();
            requests.close();
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
