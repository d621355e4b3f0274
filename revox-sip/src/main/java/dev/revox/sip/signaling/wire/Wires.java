package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.datagram.RequestTaker;
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
    private final RequestTaker requests;
    private volatile Optional<StreamOwner> owner = Optional.empty();
    private final boolean listensTcp;
    private final Optional<Supplier<SSLContext>> tls;
    private final OptionalInt tlsPort;
    private final List<StreamWires> streams = new CopyOnWriteArrayList<>();

    /**
     * Nothing is opened yet.
     *
     * @param requests takes what is no response
     * @param tls asked at the first TLS connection
     * @param tlsPort taken for TLS connections from outside; empty to make some only
     */
    public Wires(
            SourceValve valve,
            RequestTaker requests,
            boolean listensTcp,
            Optional<Supplier<SSLContext>> tls,
            OptionalInt tlsPort) {
        this.valve = valve;
        this.requests = requests;
        this.listensTcp = listensTcp;
        this.tls = tls;
        this.tlsPort = tlsPort;
    }

    /** Whose connections these are; before the first one is made. */
    public void serve(StreamOwner newOwner) {
        owner = Optional.of(newOwner);
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> new ValvedDatagrams(address, stack, port, valve, requests);
            case "tcp" -> streams(address, port, stack, Optional.empty(), listensTcp);
            case "tls" -> streams(address, port, stack, tls, tlsPort.isPresent());
            default -> throw new IOException("this line speaks no SIP over " + transport);
        };
    }

    private StreamWires streams(
            InetAddress address,
            int port,
            SIPTransactionStack stack,
            Optional<Supplier<SSLContext>> context,
            boolean listens) {
        StreamWires made = new StreamWires(
                address, port, stack, new StreamSockets(context), valve, requests, owner.orElseThrow(), listens);
        streams.add(made);
        return made;
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
