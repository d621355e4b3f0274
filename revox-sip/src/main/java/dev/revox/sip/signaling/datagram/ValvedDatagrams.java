package dev.revox.sip.signaling.datagram;

import dev.revox.sip.signaling.valve.MessageScan;
import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedList;
import org.jspecify.annotations.Nullable;

/**
 * The library's UDP socket with the valve in front of its parser.
 *
 * <p>One buffer receives everything; only what is let through is copied, at its own length. One thread reads and parses: the library's own
 * loop takes 64 KiB for every datagram, queues without a bound, and hands each message to another thread, which costs as much as
 * parsing it.
 *
 * <p><b>Thread:</b> the parser's thread reads; sending is Thread-safe.
 */
public final class ValvedDatagrams extends UDPMessageProcessor {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.datagram");
    private static final DatagramQueuedMessageDispatch OVER =
            new DatagramQueuedMessageDispatch(new DatagramPacket(new byte[0], 0), 0);

    private final SourceValve valve;
    private final MessageTaker messages;
    private final MessageScan scan = new MessageScan();
    private final DatagramPacket packet =
            new DatagramPacket(new byte[MessageScan.MAX_MESSAGE_BYTES], MessageScan.MAX_MESSAGE_BYTES);
    private final String own;

    /** Whom the message in the parser's hands is from; the reader's own. */
    private @Nullable InetAddress inHand;

    /**
     * Binds; nothing is read before the library starts it.
     *
     * @throws IOException when the address or port cannot be bound
     */
    @SuppressWarnings("JdkObsolete") // the library's field is of this type
    public ValvedDatagrams(
            InetAddress address, SIPTransactionStack stack, int port, SourceValve valve, MessageTaker messages)
            throws IOException {
        super(address, stack, port);
        this.valve = valve;
        this.messages = messages;
        this.own = address.getHostAddress() + ":" + port;
        // The library closes these in stop(), which may come before the reader has begun.
        this.messageChannels = new LinkedList<Object>();
        this.messageQueue = new ReadingQueue(this::next);
    }

    /** Starts the parser, whose thread reads. */
    @Override
    @SuppressWarnings("unchecked") // the library's list is raw
    public void run() {
        messageChannels.add(new DatagramChannel(sipStack, this, "revox-sip-parser-" + getPort()));
    }

    private DatagramQueuedMessageDispatch next() {
        if (inHand != null) {
            valve.read(inHand, scan);
            inHand = null;
        }
        while (isRunning) {
            try {
                packet.setLength(MessageScan.MAX_MESSAGE_BYTES);
                sock.receive(packet);
                int length = packet.getLength();
                if (valve.admits(packet.getAddress(), packet.getData(), length, scan)) {
                    inHand = packet.getAddress();
                    byte[] copy = Arrays.copyOf(packet.getData(), length);
                    return new DatagramQueuedMessageDispatch(
                            new DatagramPacket(copy, length, packet.getAddress(), packet.getPort()), 0);
                }
            } catch (IOException e) {
                if (sock.isClosed()) {
                    return OVER;
                }
                // An ICMP error of an earlier send; the socket goes on.
                LOG.log(System.Logger.Level.DEBUG, "the SIP socket met an error", e);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the SIP reader met a defect", e);
            }
        }
        return OVER;
    }

    boolean running() {
        return isRunning;
    }

    void take(SIPMessage message, InetAddress peer, int port) {
        InetSocketAddress source = new InetSocketAddress(peer, port);
        if (message instanceof SIPRequest request) {
            messages.onRequest(request, source, own, DatagramReply.to(request, source, this));
        } else if (message instanceof SIPResponse response) {
            messages.onResponse(response, source, own);
        }
    }

    /** Sends. */
    public void send(byte[] message, InetAddress peer, int port) throws IOException {
        if (port < 1 || port > 65_535) {
            throw new IOException("no port to send to");
        }
        sock.send(new DatagramPacket(message, message.length, peer, port));
    }

    /** For the library, which sends nothing by itself. */
    @Override
    public MessageChannel createMessageChannel(HostPort peer) throws UnknownHostException {
        return createMessageChannel(peer.getInetAddress(), peer.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress peer, int port) {
        return new DatagramChannel(peer, port, sipStack, this);
    }
}
