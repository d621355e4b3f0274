package dev.revox.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A name server and peers that live in memory, and remember what they were asked. */
final class FakeNet implements HostResolver, Connector {

    private final Map<String, Deque<List<InetAddress>>> names = new HashMap<>();
    private final Deque<byte[]> replies = new ArrayDeque<>();
    final List<String> resolved = new ArrayList<>();
    final List<InetSocketAddress> connected = new ArrayList<>();
    final List<ByteArrayOutputStream> sent = new ArrayList<>();

    /** The answers of the name server, one per question; the last one stays. */
    FakeNet name(String host, String... addresses) throws UnknownHostException {
        for (String group : addresses) {
            List<InetAddress> answer = new ArrayList<>();
            for (String address : group.split(",")) {
                answer.add(InetAddress.getByName(address));
            }
            names.computeIfAbsent(host, key -> new ArrayDeque<>()).add(answer);
        }
        return this;
    }

    FakeNet reply(String head, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        replies.add(bytes.toByteArray());
        return this;
    }

    FakeNet reply(String reply) {
        return reply(reply, new byte[0]);
    }

    String request(int index) {
        return sent.get(index).toString(StandardCharsets.UTF_8);
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
        resolved.add(host);
        Deque<List<InetAddress>> answers = names.get(host);
        if (answers == null) {
            // A literal, or a name that does not exist; never a real name server.
            if (host.matches("[0-9.]+") || host.contains(":")) {
                return List.of(InetAddress.getByName(host));
            }
            throw new UnknownHostException("no such name here");
        }
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    @Override
    public Socket connect(InetSocketAddress address, Consumer<Socket> opened) throws IOException {
        connected.add(address);
        byte[] reply = replies.poll();
        if (reply == null) {
            throw new IOException("nobody listens");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        sent.add(request);
        Socket socket = new Socket() {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(reply);
            }

            @Override
            public OutputStream getOutputStream() {
                return request;
            }
        };
        opened.accept(socket);
        return socket;
    }
}
