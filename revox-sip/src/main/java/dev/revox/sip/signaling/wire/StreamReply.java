package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.transaction.ReplyWay;
import java.io.IOException;
import java.net.InetAddress;

/** The way back by the connection that a request came by, or by a new one to its far end. <b>Thread:</b> Thread-safe; may connect. */
record StreamReply(StreamWires wires, InetAddress peer, int port) implements ReplyWay {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.wire");

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public void send(byte[] response) {
        try {
            wires.write(peer, port, response);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a response could not be sent", e);
        }
    }
}
