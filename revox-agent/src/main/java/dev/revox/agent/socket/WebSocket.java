package dev.revox.agent.socket;

/** A WebSocket that is being opened, or open, or has ended. <b>Thread:</b> Thread-safe; no method blocks. */
public interface WebSocket {

    /** Sends a text message, as soon as the handshake is done. Without effect when the socket has ended. */
    void send(String text);

    /** Sends a binary message, as soon as the handshake is done. The bytes must not be changed afterwards. */
    void send(byte[] bytes);

    /** False reads nothing from the connection, so that TCP holds the server back; true goes on. Starts as true. */
    void reading(boolean on);

    /** True until it has ended. */
    boolean isUsable();

    /** Closes it at once. Nothing reaches the listener afterwards, but for a call that is just being made. */
    void close();
}
