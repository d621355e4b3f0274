package dev.revox.agent.listening;

import dev.revox.agent.stream.ProviderException;
import dev.revox.conversation.AgentSignal;

/**
 * News from a recogniser. {@code stream} tells which of a call's streams it belongs to; news of a replaced one is dropped.
 * {@code toString}s hold no words.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ListeningSignal extends AgentSignal {

    int stream();

    record Interim(int stream, String text) implements ListeningSignal {
        @Override
        public String toString() {
            return "Interim[" + text.length() + " chars]";
        }
    }

    record SoFar(int stream, int pause, String text) implements ListeningSignal {
        @Override
        public String toString() {
            return "SoFar[" + pause + ", " + text.length() + " chars]";
        }
    }

    record Finished(int stream, int utterance, String text) implements ListeningSignal {
        @Override
        public String toString() {
            return "Finished[" + utterance + ", " + text.length() + " chars]";
        }
    }

    record Failed(int stream, ProviderException failure) implements ListeningSignal {}
}
