package dev.revox.sip.signaling.wire;

import dev.revox.sip.location.Target;
import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.datagram.MessageTaker;
import dev.revox.sip.signaling.datagram.ValvedDatagrams;
import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.MessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Makes the sockets of one line for the SIP library. <b>Thread:</b> Thread-safe. */
public final class Wires implements MessageProcessorFactory {

    private final SourceValve valve;
    private final MessageTaker messages;
    private final StreamOwner owner;
    private final boolean listensTcp;
    private final Optional<Supplier<SSLContext>> tls;
    private final OptionalInt tlsPort;
    private volatile Optional<ValvedDatagrams> datagrams = Optional.empty();
    private final List<StreamWires> streams = new CopyOnWriteArrayList<>();

    /**
     * Nothing is opened yet.
     *
     * @param messages takes what is read
     * @param tls asked at the first TLS connection
     * @param tlsPort taken for TLS connections from outside; empty to make some only
     */
    public Wires(
            SourceValve valve,
            MessageTaker messages,
            StreamOwner owner,
            boolean listensTcp,
            Optional<Supplier<SSLContext>> tls,
            OptionalInt tlsPort) {
        this.valve = valve;
        this.messages = messages;
        this.owner = owner;
        this.listensTcp = listensTcp;
        this.tls = tls;
        this.tlsPort = tlsPort;
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> datagrams(address, port, stack);
            case "tcp" -> streams(address, port, stack, Optional.empty(), listensTcp);
            case "tls" -> streams(address, port, stack, tls, tlsPort.isPresent());
            default -> throw new IOException("this line speaks no SIP over " + transport);
        };
    }

    private ValvedDatagrams datagrams(InetAddress address, int port, SIPTransactionStack stack) throws IOException {
        ValvedDatagrams made = new ValvedDatagrams(address, stack, port, valve, messages);
        datagrams = Optional.of(made);
        return made;
    }

    private StreamWires streams(
            InetAddress address,
            int port,
            SIPTransactionStack stack,
            Optional<Supplier<SSLContext>> context,
            boolean listens) {
        StreamWires made =
                new StreamWires(address, port, stack, new StreamSockets(context), valve, messages, owner, listens);
        streams.add(made);
        return made;
    }

    /**
     * Sends by the target's transport; by a connection it may block for as long as that takes to be made.
     *
     * @throws IOException when it could not be sent
     */
    public void send(Target target, byte[] message) throws IOException {
        if (!target.transport().connected()) {
            datagrams
                    .orElseThrow(() -> new IOException("the line is not open"))
                    .send(message, target.address(), target.port());
            return;
        }
        boolean secure = target.transport() == Transport.TLS;
        streams.stream()
                .filter(wires -> wires.isSecure() == secure)
                .findFirst()
                .orElseThrow(() -> new IOException("this line speaks no SIP over " + target.transport()))
                .write(target.address(), target.port(), message);
    }

    /** Connections that are up. */
    public int openConnections() {
        return streams.stream().mapToInt(StreamWires::size).sum();
    }

    /** Pings every connection. */
    public void keepAlive() {
        streams.forEach(StreamWires::keepAlive);
    }
}
