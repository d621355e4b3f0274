package dev.revox.testkit.server;

import java.util.Map;

/** What a WebSocket server does. <b>Thread:</b> called on the server's thread, one call at a time; must not block. */
public interface SocketHandler {

    /** Lets a client in, or not. */
    Handshake handshake(SocketCall call);

    void text(SocketCall call, String message);

    /** A binary message; clients of most providers send none. */
    default void binary(SocketCall call, byte[] message) {}

    /** The client has gone. */
    void gone(SocketCall call);

    /** The answer to a handshake; 101 accepts. */
    record Handshake(int status, Map<String, String> headers) {

        public static Handshake accept() {
            return new Handshake(101, Map.of());
        }

        public static Handshake refuse(int status) {
            return new Handshake(status, Map.of());
        }
    }
}
