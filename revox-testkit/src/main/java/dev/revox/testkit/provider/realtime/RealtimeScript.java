package dev.revox.testkit.provider.realtime;

import java.util.Optional;

/**
 * The mind behind the local realtime servers.
 *
 * <p><b>Thread:</b> implementations must be thread-safe; servers call it from many threads.
 */
@FunctionalInterface
public interface RealtimeScript {

    /**
     * What to say.
     *
     * @param said what was understood of the person's last turn, or what came of a tool; empty when neither is new
     * @param direction what was asked for in words, instead of an answer
     */
    Answer answer(String said, Optional<String> direction);

    /** What is said, and the tool that is called with it. */
    record Answer(String text, Optional<Call> call) {

        public static Answer text(String text) {
            return new Answer(text, Optional.empty());
        }
    }

    /** A call of a tool. */
    record Call(String name, String argumentsJson) {}
}
