package dev.revox.sip.signaling.wire;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.RawMessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;

/**
 * The library's view of one peer over TCP or TLS. It holds no socket: each message goes by the connection that is there.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class StreamChannel extends MessageChannel implements RawMessageChannel {

    private final StreamWires wires;
    private final InetAddress peer;
    private final int port;

    StreamChannel(StreamWires wires, InetAddress peer, int port) {
        this.wires = wires;
        this.peer = peer;
        this.port = port;
        this.messageProcessor = wires;
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        sendMessage(message, peer, port);
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress receiver, int receiverPort, boolean reconnect)
            throws IOException {
        wires.write(receiver, receiverPort, message);
    }

    /** A message that came from this peer. */
    @Override
    public void processMessage(SIPMessage message) throws ParseException {
        message.setRemoteAddress(peer);
        message.setRemotePort(port);
        message.setLocalAddress(wires.getIpAddress());
        message.setLocalPort(wires.getPort());
        message.setPeerPacketSourceAddress(peer);
        message.setPeerPacketSourcePort(port);
        if (message instanceof SIPRequest request) {
            // RFC 3261 §18.2.2: the response goes back by this connection, which is found by its far end.
            request.getTopmostVia().setReceived(peer.getHostAddress());
            request.getTopmostVia().setParameter("rport", Integer.toString(port));
            wires.take(request, peer, port);
        } else if (message instanceof SIPResponse response) {
            wires.trace(message, this);
            response.checkHeaders();
            ServerResponseInterface client = wires.getSIPStack().newSIPServerResponse(response, this);
            if (client != null) {
                try {
                    boolean foreign = client instanceof SIPClientTransaction t && !t.checkFromTag(response);
                    if (!foreign) {
                        client.processResponse(response, this);
                    }
                } finally {
                    release(client);
                }
            }
        }
    }

    private static void release(Object handler) {
        if (handler instanceof SIPTransaction transaction && !transaction.passToListener()) {
            transaction.releaseSem();
        }
    }

    @Override
    public void close() {
        // The connection is the wires' to close.
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return wires.getSIPStack();
    }

    @Override
    public String getTransport() {
        return wires.isSecure() ? "TLS" : "TCP";
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public boolean isSecure() {
        return wires.isSecure();
    }

    @Override
    public String getPeerAddress() {
        return peer.getHostAddress();
    }

    @Override
    protected InetAddress getPeerInetAddress() {
        return peer;
    }

    @Override
    protected String getPeerProtocol() {
        return getTransport();
    }

    @Override
    public int getPeerPort() {
        return port;
    }

    @Override
    public int getPeerPacketSourcePort() {
        return port;
    }

    @Override
    public InetAddress getPeerPacketSourceAddress() {
        return peer;
    }

    @Override
    public String getKey() {
        return MessageChannel.getKey(peer, port, getTransport());
    }

    @Override
    public String getViaHost() {
        return wires.getIpAddress().getHostAddress();
    }

    @Override
    public int getViaPort() {
        return wires.getPort();
    }
}
