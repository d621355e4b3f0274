package dev.revox.agent.speech;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import dev.revox.conversation.AgentSignal;
import java.util.List;

/**
 * News from a speech provider about one segment. The sound itself goes another way, straight to the mouth.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface SpeechSignal extends AgentSignal {

    long segmentId();

    record FirstSound(long segmentId, long atNanos) implements SpeechSignal {}

    record Words(long segmentId, List<WordTiming> timings) implements SpeechSignal {
        public Words {
            timings = List.copyOf(timings);
        }
    }

    record Made(long segmentId) implements SpeechSignal {}

    record Failed(long segmentId, ProviderException failure) implements SpeechSignal {}
}
