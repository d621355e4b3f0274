package dev.revox.testkit.server;

/** What a WebSocket server does. <b>Thread:</b> called on the server's thread, one call at a time; must not block. */
public interface SocketHandler {

    /** The HTTP status that refuses a client, or 101 to let it in. */
    int handshake(SocketCall call);

    void text(SocketCall call, String message);

    /** The client has gone. */
    void gone(SocketCall call);
}
