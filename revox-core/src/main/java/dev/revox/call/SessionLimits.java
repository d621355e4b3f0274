package dev.revox.call;

import java.time.Duration;

/**
 * How long a session waits for what others owe it before it goes on without them.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param dialGrace after the ring timeout, for the line to say that nobody answered
 * @param hangUpGrace after a hang-up was asked for, for the leg to say that it is over
 * @param stopGrace after a stop, for the conversation to finish its sentence and hang up
 * @param durationGrace after the assistant's maximum duration, for the conversation's farewell
 * @param lastWords after the leg's end, for words that were said before it and are still being recognised
 */
public record SessionLimits(
        Duration dialGrace, Duration hangUpGrace, Duration stopGrace, Duration durationGrace, Duration lastWords) {
    /** 10 s, 10 s, 5 s, 30 s and 5 s. The hang-up's is longer than the retransmissions of a BYE that is answered late. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
}
