package dev.revox.agent.socket;

/** What is told of a WebSocket. <b>Thread:</b> called on the event loop, one call at a time; must not block. */
public interface SocketListener {

    /** The handshake is done. */
    void opened();

    /** A message: text, or the text in a binary one. */
    void text(String message);

    /** The last call. Not made when we closed it ourselves. */
    void ended(SocketEnd end);
}
