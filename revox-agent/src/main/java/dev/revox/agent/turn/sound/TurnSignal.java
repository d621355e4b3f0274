package dev.revox.agent.turn.sound;

import dev.revox.conversation.AgentSignal;

/**
 * What an end-of-turn model has to say. {@code question} tells about which pause; of an older one it is dropped.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface TurnSignal extends AgentSignal {

    int question();

    record Judged(int question, float completeProbability) implements TurnSignal {}

    record Failed(int question, String why) implements TurnSignal {}
}
