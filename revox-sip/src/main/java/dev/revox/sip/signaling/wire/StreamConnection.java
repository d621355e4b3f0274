package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.valve.MessageScan;
import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One TCP or TLS connection: a thread that reads and parses, and a lock to write under.
 *
 * <p>A message that has begun must be whole within {@value #PARTIAL_SECONDS} s, and a ping be answered before the next one is
 * due; otherwise the connection is closed, which also frees a writer that is stuck in it.
 *
 * <p><b>Thread:</b> {@code run} on its own; the rest Thread-safe.
 */
final class StreamConnection implements Runnable {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.wire");
    private static final int PARTIAL_SECONDS = 15;
    private static final int POLL_MS = 5_000;
    private static final int CHUNK_BYTES = 4_096;
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final String name;
    private final Consumer<StreamConnection> onClosed;
    private final SourceValve valve;
    private final StreamOwner owner;
    private final StreamWires wires;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean heardSincePing = true;
    private volatile boolean everAnswered;

    StreamConnection(
            Socket socket,
            String name,
            Consumer<StreamConnection> onClosed,
            SourceValve valve,
            StreamOwner owner,
            StreamWires wires) {
        this.socket = socket;
        this.name = name;
        this.onClosed = onClosed;
        this.valve = valve;
        this.owner = owner;
        this.wires = wires;
    }

    InetAddress peer() {
        return socket.getInetAddress();
    }

    int peerPort() {
        return socket.getPort();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    /** True when the certificate was checked for this name, or none is asked for. */
    boolean servesName(String wanted) {
        return !wires.isSecure() || wanted.isEmpty() || name.isEmpty() || name.equalsIgnoreCase(wanted);
    }

    void write(byte[] message) throws IOException {
        writing.lock();
        try {
            OutputStream out = socket.getOutputStream();
            out.write(message);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** RFC 5626 §4.4.1. Peers that have never answered one are not held to it; TCP itself finds out about those. */
    void ping() {
        boolean stuck = !writing.tryLock();
        if (stuck || (everAnswered && !heardSincePing)) {
            close();
            if (!stuck) {
                writing.unlock();
            }
            return;
        }
        try {
            heardSincePing = false;
            write(PING);
        } catch (IOException e) {
            close();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void run() {
        StreamFramer framer = new StreamFramer();
        MessageScan scan = new MessageScan();
        MessageParser parser = wires.getSIPStack().getMessageParserFactory().createMessageParser(wires.getSIPStack());
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            socket.setSoTimeout(POLL_MS);
            InputStream in = socket.getInputStream();
            long begunNanos = owner.nanoTime();
            int read = 0;
            while (read >= 0) {
                if (!framer.partial()) {
                    begunNanos = owner.nanoTime();
                } else if (owner.nanoTime() - begunNanos > TimeUnit.SECONDS.toNanos(PARTIAL_SECONDS)) {
                    throw new IOException("a SIP message did not come to its end");
                }
                read = readSome(in, chunk);
                if (read > 0) {
                    heard(framer, chunk, read);
                    Optional<byte[]> message = framer.next();
                    while (message.isPresent()) {
                        take(message.get(), scan, parser);
                        message = framer.next();
                    }
                    answerPings(framer);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "a SIP connection ended: " + e.getMessage());
        } finally {
            onClosed.accept(this);
        }
    }

    private static int readSome(InputStream in, byte[] chunk) throws IOException {
        try {
            return in.read(chunk);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private void heard(StreamFramer framer, byte[] chunk, int read) throws IOException {
        everAnswered |= read == PONG.length && chunk[0] == '\r' && chunk[1] == '\n' && !heardSincePing;
        heardSincePing = true;
        framer.add(chunk, read);
    }

    private void answerPings(StreamFramer framer) throws IOException {
        for (int pings = framer.takePings(); pings > 0; pings--) {
            write(PONG);
        }
    }

    private void take(byte[] bytes, MessageScan scan, MessageParser parser) {
        if (!valve.admits(peer(), bytes, bytes.length, scan)) {
            return;
        }
        try {
            SIPMessage message = parser.parseSIPMessage(bytes, true, false, null);
            if (message != null && message.getTopmostVia() != null && complete(message)) {
                wires.take(message, peer(), peerPort());
            }
        } catch (ParseException e) {
            LOG.log(System.Logger.Level.DEBUG, "a message on a SIP connection could not be read");
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "a message on a SIP connection met " + e.getClass().getName());
        } finally {
            valve.read(peer(), scan);
        }
    }

    private static boolean complete(SIPMessage message) {
        return message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a SIP connection did not close", e);
        }
    }
}
