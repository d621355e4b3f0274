package dev.revox.agent.thinking;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.ProviderException;
import dev.revox.conversation.AgentSignal;

/**
 * News from a language model. {@code request} tells which question it belongs to; news of an old one is dropped. {@code
 * toString}s hold no words.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ThinkingSignal extends AgentSignal {

    long request();

    record Text(long request, String delta, long atNanos) implements ThinkingSignal {
        @Override
        public String toString() {
            return "Text[" + request + ", " + delta.length() + " chars]";
        }
    }

    record Tool(long request, ToolCall call) implements ThinkingSignal {}

    record Done(long request, long atNanos) implements ThinkingSignal {}

    record Failed(long request, ProviderException failure) implements ThinkingSignal {}
}
