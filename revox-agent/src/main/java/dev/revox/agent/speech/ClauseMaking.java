package dev.revox.agent.speech;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.MediaFormat;
import dev.revox.time.TimeSource;
import java.util.function.Consumer;

/** Hands a clause to its provider. */
final class ClauseMaking {

    private ClauseMaking() {}

    static void open(Clause clause, Consumer<AgentSignal> mailbox, TimeSource time, long nowNanos) {
        VoiceChoice choice = clause.voices.getFirst();
        TextToSpeech provider = clause.fixed ? choice.forFixedTexts() : choice.provider();
        MediaFormat format = MediaFormat.pcm(provider.sampleRateHz());
        SpeechQueue queue = new SpeechQueue();
        ClauseSink sink = new ClauseSink(clause.segmentId, provider.name(), format, queue, mailbox, time);
        clause.format = format;
        clause.queue = queue;
        clause.sink = sink;
        clause.openedNanos = nowNanos;
        clause.stage = Clause.Stage.MAKING;
        try {
            TextToSpeech.Utterance utterance = provider.open(choice.voice(), sink);
            clause.work = utterance;
            utterance.text(clause.form.spoken());
            utterance.end();
        } catch (RuntimeException defect) {
            // A provider must not end the call, whatever it throws.
            sink.failed(
                    defect instanceof ProviderException failure
                            ? failure
                            : new ProviderException(
                                    provider.name(), ProviderException.Kind.PROTOCOL, "threw on its own", defect));
        }
    }
}
