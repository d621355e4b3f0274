package dev.revox.sip.signaling.datagram;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The library's view of one peer over UDP, or a thread that parses what came.
 *
 * <p>It always sends by the line's own socket. The library's own would open a TCP connection to wherever a datagram's Via says,
 * and its parsing thread ends at the first {@code StackOverflowError}. Messages go past its transactions.
 *
 * <p><b>Thread:</b> Thread-safe as far as sending goes.
 */
final class DatagramChannel extends UDPMessageChannel {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.datagram");

    private final ValvedDatagrams datagrams;

    /** A thread that parses. */
    DatagramChannel(SIPTransactionStack stack, ValvedDatagrams datagrams, String threadName) {
        super(stack, datagrams, threadName);
        this.datagrams = datagrams;
    }

    /** The way to a peer. */
    DatagramChannel(InetAddress peer, int port, SIPTransactionStack stack, ValvedDatagrams datagrams) {
        super(peer, port, stack, datagrams);
        this.datagrams = datagrams;
    }

    @Override
    public void run() {
        // The thread begins in the library's constructor, before our field is there.
        ValvedDatagrams owner = (ValvedDatagrams) messageProcessor;
        while (owner.running()) {
            try {
                super.run();
            } catch (Throwable e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "the SIP parser met " + e.getClass().getName());
            }
        }
    }

    @Override
    public void processMessage(SIPMessage message) {
        ((ValvedDatagrams) messageProcessor).take(message, getPeerPacketSourceAddress(), getPeerPacketSourcePort());
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress peer, int port, boolean reconnect) throws IOException {
        datagrams.send(message, peer, port);
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress peer, int port, String protocol, boolean retry)
            throws IOException {
        datagrams.send(message, peer, port);
    }
}
