package dev.revox.agent.listening;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.conversation.AgentSignal;
import java.util.function.Consumer;

/** Posts what a recogniser says to the call's mailbox. <b>Thread:</b> Thread-safe. */
record HeardRelay(int stream, Consumer<AgentSignal> mailbox) implements SpeechToText.Sink {

    @Override
    public void interim(String text) {
        mailbox.accept(new ListeningSignal.Interim(stream, text));
    }

    @Override
    public void soFar(int pause, String text) {
        mailbox.accept(new ListeningSignal.SoFar(stream, pause, text));
    }

    @Override
    public void finished(int utterance, String text) {
        mailbox.accept(new ListeningSignal.Finished(stream, utterance, text));
    }

    @Override
    public void failed(ProviderException failure) {
        mailbox.accept(new ListeningSignal.Failed(stream, failure));
    }
}
