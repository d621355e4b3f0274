package dev.revox.agent.realtime.voice;

/** Why the agent speaks. */
public enum Purpose {
    OPENING,
    ANSWER,
    STILL_THERE,
    CLOSING
}
