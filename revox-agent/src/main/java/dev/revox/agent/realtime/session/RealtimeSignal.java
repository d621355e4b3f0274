package dev.revox.agent.realtime.session;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.ProviderException;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.MediaFormat;

/**
 * News of a session. {@code session} tells which of a call's sessions it belongs to; news of a replaced one is dropped. {@code
 * toString}s hold no words.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface RealtimeSignal extends AgentSignal {

    int session();

    record Opened(int session) implements RealtimeSignal {}

    record UserSaid(int session, int turn, String text, boolean complete) implements RealtimeSignal {
        @Override
        public String toString() {
            return "UserSaid[" + turn + ", " + text.length() + " chars]";
        }
    }

    /** The first sound of an item; the rest follows through the same queue. */
    record Sound(int session, int response, String item, MediaFormat format, SpeechQueue queue, long atNanos)
            implements RealtimeSignal {}

    record Text(int session, int response, String item, String delta) implements RealtimeSignal {
        @Override
        public String toString() {
            return "Text[" + response + ", " + delta.length() + " chars]";
        }
    }

    record Tool(int session, int response, ToolCall call) implements RealtimeSignal {}

    record Done(int session, int response) implements RealtimeSignal {}

    record Failed(int session, int response, ProviderException failure) implements RealtimeSignal {}

    record Lost(int session, ProviderException failure) implements RealtimeSignal {}
}
