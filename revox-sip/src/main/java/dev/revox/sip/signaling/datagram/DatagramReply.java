package dev.revox.sip.signaling.datagram;

import dev.revox.sip.signaling.transaction.ReplyWay;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The way back to where a datagram came from. What Via names as another host is not believed, maddr least of all: an answer to a forged
 * request would go to anybody.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §18.2.2, RFC 3581 §4.
 */
record DatagramReply(ValvedDatagrams socket, InetAddress peer, int port) implements ReplyWay {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.datagram");
    private static final int USUAL_PORT = 5060;

    static DatagramReply to(SIPRequest request, InetSocketAddress source, ValvedDatagrams socket) {
        Via via = request.getTopmostVia();
        int named = via.getPort() > 0 ? via.getPort() : USUAL_PORT;
        return new DatagramReply(socket, source.getAddress(), via.hasParameter(Via.RPORT) ? source.getPort() : named);
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void send(byte[] response) {
        try {
            socket.send(response, peer, port);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a response could not be sent", e);
        }
    }
}
