package dev.revox.conversation;

/** Something that one of the agent's providers reported. What is inside is the agent's own business. */
public interface AgentSignal {}
