package dev.revox.sip.trace;

import java.time.Instant;

/**
 * One message as it passed the wire, its secrets taken out.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param from host and port
 * @param to host and port
 */
public record TracedMessage(Instant at, boolean sent, String from, String to, String text) {

    /** The first line only. */
    @Override
    public String toString() {
        int end = text.indexOf('\n');
        return at + (sent ? " sent " : " received ") + (end < 0 ? text : text.substring(0, end)).strip();
    }
}
