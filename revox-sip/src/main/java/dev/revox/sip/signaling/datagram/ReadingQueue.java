package dev.revox.sip.signaling.datagram;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * What the library's parsing thread takes messages from. Nothing is ever queued here: taking one reads the socket, so that no message
 * changes threads between the socket and the parser. What comes faster than it is parsed waits in the socket's buffer.
 *
 * <p><b>Thread:</b> one taker.
 */
final class ReadingQueue extends LinkedBlockingQueue<DatagramQueuedMessageDispatch> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // nobody writes it anywhere
    private final Supplier<DatagramQueuedMessageDispatch> next;

    ReadingQueue(Supplier<DatagramQueuedMessageDispatch> next) {
        this.next = next;
    }

    @Override
    public DatagramQueuedMessageDispatch take() {
        return next.get();
    }
}
