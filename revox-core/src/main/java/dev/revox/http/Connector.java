package dev.revox.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Consumer;

/** Opens a TCP connection to one address. <b>Thread:</b> Thread-safe; blocks. */
@FunctionalInterface
public interface Connector {

    /** A plain JDK socket. */
    Connector SYSTEM = (address, opened) -> {
        Socket socket = new Socket();
        opened.accept(socket);
        socket.setTcpNoDelay(true);
        SocketAddress target = address;
        socket.connect(target);
        return socket;
    };

    /**
     * Connects to exactly this address.
     *
     * @param opened is given the socket before it blocks, so that a deadline can close it
     */
    Socket connect(InetSocketAddress address, Consumer<Socket> opened) throws IOException;
}
