package dev.revox.sip;

import dev.revox.sip.RawPeer.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** A SIP peer over TCP or TLS that does what a test tells it. */
final class StreamPeer implements AutoCloseable {

    final List<Received> inbox = new CopyOnWriteArrayList<>();
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final String transport;

    static StreamPeer tcp() throws IOException {
        return new StreamPeer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), "tcp");
    }

    static StreamPeer tls(SSLContext context) throws IOException {
        return new StreamPeer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), "tls");
    }

    private StreamPeer(ServerSocket server, String transport) {
        this.server = server;
        this.transport = transport;
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "stream-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                daemon(() -> read(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void read(Socket socket) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder head = new StringBuilder();
            String line = in.readLine();
            while (line != null) {
                if (!line.isEmpty()) {
                    head.append(line).append("\r\n");
                } else if (!head.isEmpty()) {
                    String text = head.append("\r\n").toString();
                    head.setLength(0);
                    int length =
                            Integer.parseInt(new Received(text, new InetSocketAddress(1)).header("Content-Length"));
                    char[] body = new char[length];
                    for (int at = 0; at < length; ) {
                        at += in.read(body, at, length - at);
                    }
                    inbox.add(
                            new Received(text + new String(body), (InetSocketAddress) socket.getRemoteSocketAddress()));
                }
                line = in.readLine();
            }
        } catch (IOException e) {
            // The other side has gone, or never came in.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    Received await(String what, Predicate<Received> predicate) {
        Lines.eventually(what, () -> inbox.stream().anyMatch(predicate));
        return inbox.stream().filter(predicate).findFirst().orElseThrow();
    }

    Received awaitRequest(String method) {
        return await(method, r -> r.isRequest(method));
    }

    void ok(Received request, String tag, String sdp) {
        String to = request.header("To");
        send(
                "SIP/2.0 200 OK\r\nVia: " + request.header("Via") + "\r\nFrom: " + request.header("From") + "\r\nTo: "
                        + to
                        + (to.contains(";tag=") ? "" : ";tag=" + tag) + "\r\nCall-ID: " + request.header("Call-ID")
                        + "\r\nCSeq: " + request.header("CSeq") + "\r\nContact: <sip:peer@127.0.0.1:" + port()
                        + ";transport=" + transport + ">\r\n"
                        + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + sdp.length()
                        + "\r\n\r\n" + sdp,
                connections.getLast());
    }

    void send(String text, Socket by) {
        try {
            OutputStream out = by.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
