package dev.revox.agent.realtime;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.stream.ProviderException;
import dev.revox.media.MediaFormat;
import java.util.List;
import java.util.Optional;

/**
 * A model that hears sound and answers with sound: recogniser, language model and voice in one.
 *
 * <p>Where turns begin and end is decided on our side; the model's own voice detection is off. Turns and responses have numbers
 * that count up from 1 within a call, over all its sessions.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface RealtimeModel {

    /** Short name for logs and events, e.g. {@code openai-realtime}. */
    String name();

    /** Opens connections so that the first call is not slower than the rest. May block. */
    default void warmUp() {}

    /** Opens a session. Must not block; what is asked of a session before it is ready is done then. */
    Session open(SessionRequest request, Sink sink);

    /**
     * What a session begins with. Its {@code toString} holds no instructions.
     *
     * @param modelId as the provider names it
     * @param voice the provider's own when empty
     */
    record SessionRequest(String modelId, Optional<String> voice, String instructions, List<ToolSpec> tools) {

        public SessionRequest {
            tools = List.copyOf(tools);
        }

        @Override
        public String toString() {
            return "SessionRequest[" + modelId + ", " + tools.size() + " tools]";
        }
    }

    /** What a response is to be. {@code toString}s hold no words. */
    sealed interface Prompt {

        /** An answer to what was said, or to the results of tools. */
        record Answer() implements Prompt {}

        /** Something that a stage direction asks for. */
        record Direction(String text) implements Prompt {
            @Override
            public String toString() {
                return "Direction[" + text.length() + " chars]";
            }
        }

        /** These words and no others. */
        record Exactly(String words) implements Prompt {
            @Override
            public String toString() {
                return "Exactly[" + words.length() + " chars]";
            }
        }
    }

    /** One call's session. <b>Thread:</b> one caller at a time; no method blocks. After its end nothing has an effect. */
    interface Session extends AutoCloseable {

        /**
         * The call is up.
         *
         * @param earRateHz rate of the samples that will be given to {@link #audio}
         * @param line what the line carries, so that the provider may be given, and give, the same
         */
        void connected(int earRateHz, MediaFormat line);

        /** Whether a turn that has ended is transcribed before a response is asked for. */
        boolean transcribesAlone();

        /** The person began to speak: what is heard from now on belongs to this turn. */
        void turnStarted(int turn);

        /** Some sound of the turn under way, mono 16 bit. The samples are copied. */
        void audio(short[] pcm, int offset, int samples);

        /** The turn is complete. */
        void turnEnded(int turn);

        /** Asks for a response. There is one at a time. */
        void respond(int response, Prompt prompt);

        /** Stops a response; what still comes of it is dropped. */
        void cancel(int response);

        /** The other side heard only so much of an item, as far as the provider can be told. */
        void truncate(String item, long heardMillis);

        /** What came of a tool. A response has to be asked for. */
        void toolResult(ToolCall call, String output);

        @Override
        void close();
    }

    /** Where news goes. <b>Thread:</b> called on the provider's threads, one call at a time; must not block. */
    interface Sink {

        void opened();

        /**
         * What was understood of a turn; replaces the text before. May come long after the turn.
         *
         * @param complete false while more of it may come
         */
        void userSaid(int turn, String text, boolean complete);

        /** Some more sound of an item of a response. The samples are only valid during the call. */
        void audio(int response, String item, MediaFormat format, short[] pcm, int offset, int samples);

        /** More words of an item; they may run ahead of its sound or behind it. */
        void text(int response, String item, String delta);

        void toolCall(int response, ToolCall call);

        /** All of a response is there. */
        void done(int response);

        /** A response will not come, or not to its end; the session goes on. */
        void failed(int response, ProviderException failure);

        /** The last call: the session is of no more use. */
        void lost(ProviderException failure);
    }
}
