package dev.revox.agent.socket;

import java.util.Optional;

/**
 * How a WebSocket ended.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface SocketEnd {

    /** The server answered the handshake with a status of its own. */
    record Refused(int status, Optional<String> retryAfter) implements SocketEnd {}

    /** The server closed it. <b>Spec:</b> RFC 6455 §7.4 for the codes. */
    record Closed(int code) implements SocketEnd {}

    /** It could not be opened, or the connection went away. */
    record Broken(String how) implements SocketEnd {}

    /** The server sent frames that are no WebSocket frames, or too large. */
    record Malformed() implements SocketEnd {}
}
