package dev.revox.testkit.provider.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * A way for a local provider to fail. A piece is a token of a language model, or a tenth of a second of sound.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Fault {

    /** Refuses with an HTTP status; WebSocket servers refuse the handshake. */
    record Refuse(int status, Optional<Duration> retryAfter) implements Fault {}

    /** Answers, but later. */
    record Late(Duration by) implements Fault {}

    /** Says nothing more after some pieces, and keeps the connection open. */
    record StallAfter(int pieces) implements Fault {}

    /** Cuts the connection in the middle of the piece after these. */
    record CutAfter(int pieces) implements Fault {}

    /** Sends something that is not its protocol after some pieces. */
    record GarbageAfter(int pieces) implements Fault {}

    /** Answers properly, but with nothing in it. */
    record Empty() implements Fault {}

    static Fault refuse(int status) {
        return new Refuse(status, Optional.empty());
    }
}
