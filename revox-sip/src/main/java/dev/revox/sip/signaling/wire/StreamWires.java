package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.datagram.MessageTaker;
import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All connections of a line over one stream transport: found again by the far end's address and port, made when there is none,
 * taken in when the line listens.
 *
 * <p>The library's own TCP and TLS are not used: they keep sockets, threads and semaphores of connections that failed, try
 * whatever address a header names when one does, and know neither host names nor deadlines.
 *
 * <p><b>Thread:</b> Thread-safe. {@code write} may block for as long as a connection takes to be made. <b>Spec:</b> RFC 3261
 * §18, RFC 5923 for the reuse.
 */
final class StreamWires extends MessageProcessor {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.wire");
    private static final int MAX_ACCEPTED = 256;
    private static final int MAX_ACCEPTED_PER_PEER = 16;

    private record Place(InetAddress address, int port) {}

    private final StreamSockets sockets;
    private final SourceValve valve;
    private final MessageTaker messages;
    private final StreamOwner owner;
    private final boolean listens;
    private final Map<Place, StreamConnection> connections = new ConcurrentHashMap<>();
    private final Map<Place, Object> making = new ConcurrentHashMap<>();
    private Optional<ServerSocket> door = Optional.empty();
    private volatile boolean stopped;

    StreamWires(
            InetAddress address,
            int port,
            SIPTransactionStack stack,
            StreamSockets sockets,
            SourceValve valve,
            MessageTaker messages,
            StreamOwner owner,
            boolean listens) {
        super(address, port, sockets.secure() ? "tls" : "tcp", stack);
        this.sockets = sockets;
        this.valve = valve;
        this.messages = messages;
        this.owner = owner;
        this.listens = listens;
    }

    @Override
    public void start() throws IOException {
        if (listens) {
            ServerSocket opened = sockets.listen(getIpAddress(), getPort());
            door = Optional.of(opened);
            thread(() -> accept(opened), "revox-sip-" + getTransport() + "-accept")
                    .start();
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ServerSocket opened) {
        while (!stopped) {
            try {
                Socket socket = opened.accept();
                if (mayStay(socket.getInetAddress())) {
                    Place place = new Place(socket.getInetAddress(), socket.getPort());
                    run(place, new StreamConnection(socket, "", this::closed, valve, owner, this));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                if (opened.isClosed()) {
                    return;
                }
                LOG.log(System.Logger.Level.DEBUG, "a connection was not taken", e);
            }
        }
    }

    // Only whom we know may hold a socket and a thread of ours.
    private boolean mayStay(InetAddress peer) {
        long same = connections.keySet().stream()
                .filter(place -> place.address().equals(peer))
                .count();
        return valve.knows(peer) && connections.size() < MAX_ACCEPTED && same < MAX_ACCEPTED_PER_PEER;
    }

    private void run(Place place, StreamConnection connection) {
        connections.put(place, connection);
        thread(connection, "revox-sip-" + getTransport() + "-" + place.port()).start();
        if (stopped) {
            connection.close();
        }
    }

    private void closed(StreamConnection connection) {
        // In this order: whoever sees the socket close finds the connection gone.
        connections.values().removeIf(kept -> kept == connection);
        connection.close();
        if (!stopped) {
            owner.connectionLost(sockets.secure(), connection.peer(), connection.peerPort());
        }
    }

    /** Sends by the connection that is there, or by a new one. */
    void write(InetAddress peer, int port, byte[] message) throws IOException {
        Place place = new Place(peer, port);
        StreamConnection there = connections.get(place);
        if (there != null && there.servesName(owner.nameOf(peer, port))) {
            try {
                there.write(message);
                return;
            } catch (IOException e) {
                // It died unseen; RFC 5923 §8: a new one is tried once.
                there.close();
            }
        }
        connect(place).write(message);
    }

    private StreamConnection connect(Place place) throws IOException {
        synchronized (making.computeIfAbsent(place, p -> new Object())) {
            try {
                String name = owner.nameOf(place.address(), place.port());
                StreamConnection there = connections.get(place);
                if (there != null && there.servesName(name) && !there.isClosed()) {
                    return there;
                }
                if (stopped) {
                    throw new IOException("the line is closed");
                }
                // Who cannot come in by a connection of its own looks for the one that it has to where our Contact says
                // we are.
                int ownPort = listens ? 0 : getPort();
                Socket socket = sockets.connect(getIpAddress(), ownPort, place.address(), place.port(), name);
                StreamConnection made = new StreamConnection(socket, name, this::closed, valve, owner, this);
                run(place, made);
                return made;
            } finally {
                making.remove(place);
            }
        }
    }

    /** Pings every connection; one that did not answer the last ping is closed. */
    void keepAlive() {
        List.copyOf(connections.values()).forEach(StreamConnection::ping);
    }

    int size() {
        return connections.size();
    }

    /** A message that came by a connection. */
    void take(SIPMessage message, InetAddress peer, int port) throws ParseException {
        InetSocketAddress source = new InetSocketAddress(peer, port);
        String own = getIpAddress().getHostAddress() + ":" + getPort();
        if (message instanceof SIPRequest request) {
            // RFC 3261 §18.2.2: the response goes back by this connection, which is found by its far end.
            request.getTopmostVia().setReceived(peer.getHostAddress());
            request.getTopmostVia().setParameter("rport", Integer.toString(port));
            messages.onRequest(request, source, own, new StreamReply(this, peer, port));
        } else if (message instanceof SIPResponse response) {
            messages.onResponse(response, source, own);
        }
    }

    /** The library sends nothing by itself. */
    @Override
    public MessageChannel createMessageChannel(HostPort peer) throws IOException {
        throw new IOException("messages leave past the SIP library");
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress peer, int port) throws IOException {
        throw new IOException("messages leave past the SIP library");
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public void stop() {
        stopped = true;
        door.ifPresent(opened -> {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a listening socket did not close", e);
            }
        });
        List.copyOf(connections.values()).forEach(StreamConnection::close);
    }

    @Override
    public int getDefaultTargetPort() {
        return sockets.secure() ? 5061 : 5060;
    }

    @Override
    public boolean isSecure() {
        return sockets.secure();
    }

    @Override
    public int getMaximumMessageSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean inUse() {
        return !connections.isEmpty();
    }
}
