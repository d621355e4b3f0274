package dev.revox.agent.turn;

/** Who may be heard now. */
public enum Floor {
    /** The agent is silent and listens. */
    CALLER,
    /** The agent thinks or speaks and can be interrupted. */
    AGENT,
    /** The agent says its first sentence; a greeting does not interrupt it. */
    AGENT_OPENING,
    /** The agent says something that must be heard to its end. */
    AGENT_UNINTERRUPTIBLE
}
