package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.valve.MessageScan;
import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedList;

/**
 * The library's UDP socket with the valve in front of its queue.
 *
 * <p>One buffer receives everything; only what is let through is copied, at its own length. The library's own loop takes 64 KiB
 * for every datagram and queues without a bound.
 *
 * <p><b>Thread:</b> {@code run} on the one reader of the socket.
 */
final class ValvedDatagrams extends UDPMessageProcessor {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.wire");
    private static final int PARSERS = 2;
    private static final int MAX_QUEUED = 2_048;

    private final SourceValve valve;

    @SuppressWarnings("JdkObsolete") // the library's field is of this type
    ValvedDatagrams(InetAddress address, SIPTransactionStack stack, int port, SourceValve valve) throws IOException {
        super(address, stack, port);
        this.valve = valve;
        // The library closes these in stop(), which may come before the reader has begun.
        this.messageChannels = new LinkedList<Object>();
    }

    @Override
    @SuppressWarnings("unchecked") // the library's list is raw
    public void run() {
        for (int number = 0; number < PARSERS; number++) {
            messageChannels.add(new DatagramChannel(sipStack, this, "revox-sip-parser-" + getPort() + "-" + number));
        }
        MessageScan scan = new MessageScan();
        byte[] buffer = new byte[MessageScan.MAX_MESSAGE_BYTES];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (isRunning) {
            try {
                packet.setLength(buffer.length);
                sock.receive(packet);
                pass(packet, scan);
            } catch (IOException e) {
                if (sock.isClosed()) {
                    return;
                }
                // An ICMP error of an earlier send; the socket goes on.
                LOG.log(System.Logger.Level.DEBUG, "the SIP socket met an error", e);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the SIP reader met a defect", e);
            }
        }
    }

    private void pass(DatagramPacket packet, MessageScan scan) {
        int length = packet.getLength();
        if (!valve.admits(packet.getAddress(), packet.getData(), length, scan)) {
            return;
        }
        if (messageQueue.size() >= MAX_QUEUED) {
            valve.foundQueueFull();
            return;
        }
        DatagramPacket copy = new DatagramPacket(
                Arrays.copyOf(packet.getData(), length), length, packet.getAddress(), packet.getPort());
        boolean queued = messageQueue.offer(new DatagramQueuedMessageDispatch(copy, 0));
        if (!queued) {
            valve.foundQueueFull();
        }
    }

    boolean running() {
        return isRunning;
    }

    void send(byte[] message, InetAddress peer, int port) throws IOException {
        if (port < 1 || port > 65_535) {
            throw new IOException("no port to send to");
        }
        sock.send(new DatagramPacket(message, message.length, peer, port));
    }

    @Override
    public MessageChannel createMessageChannel(HostPort peer) throws UnknownHostException {
        return new DatagramChannel(peer.getInetAddress(), peer.getPort(), sipStack, this);
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress peer, int port) {
        return new DatagramChannel(peer, port, sipStack, this);
    }

    /** Ends the parsers too: they wait for a message, and the library leaves them waiting for ever. */
    @Override
    public void stop() {
        super.stop();
        byte[] nothing = new byte[0];
        for (int number = 0; number < PARSERS; number++) {
            boolean unused = messageQueue.offer(new DatagramQueuedMessageDispatch(new DatagramPacket(nothing, 0), 0));
        }
    }
}
