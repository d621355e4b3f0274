package dev.revox.agent.thinking;

import dev.revox.agent.step.Outbox;
import dev.revox.assistant.sound.Ambience;
import dev.revox.conversation.ConversationCommand;
import java.util.SplittableRandom;

/**
 * The sound of thinking: begins with a turn that the agent is going to answer, on as many turns as the assistant wants.
 *
 * <p>The leg ends it by itself when speech begins; it is ended from here only where nothing will be said.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class ThinkingNoise {

    private final Ambience ambience;
    private final Outbox outbox;
    private final SplittableRandom dice;
    private boolean begun;

    /** {@code seed} decides on which turns it plays, so that a call that is played again sounds the same. */
    public ThinkingNoise(Ambience ambience, long seed, Outbox outbox) {
        this.ambience = ambience;
        this.outbox = outbox;
        dice = new SplittableRandom(seed);
    }

    /** The agent begins to work on an answer. */
    public void begin() {
        if (ambience.thinking().isPresent() && dice.nextDouble() < ambience.thinkingSoundProbability()) {
            outbox.add(new ConversationCommand.PlayThinkingSound(
                    ambience.thinking().get()));
            begun = true;
        }
    }

    /** {@code working} while the agent thinks or speaks. */
    public void settle(boolean working) {
        if (begun && !working) {
            outbox.add(new ConversationCommand.EndThinkingSound());
            begun = false;
        }
    }
}
