package dev.revox.agent.speech;

import dev.revox.agent.speech.text.SpokenForm;
import dev.revox.agent.stream.Cancellable;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.media.MediaFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment in the making: a piece of text, the provider that speaks it, and how far it has come.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Clause {

    enum Stage {
        WAITING,
        MAKING,
        MADE
    }

    final Speech speech;
    final long segmentId;
    final SpokenForm form;

    /** Many calls say the same, so its sound may be kept. */
    final boolean fixed;

    /** Providers still to be tried for it, the next one first. */
    final List<VoiceChoice> voices;

    Stage stage = Stage.WAITING;

    /** Handed to the mouth. */
    boolean said;

    /** The mouth is done with it. */
    boolean ended;

    long openedNanos;

    @Nullable
    ClauseSink sink;

    @Nullable
    Cancellable work;

    @Nullable
    SpeechQueue queue;

    @Nullable
    MediaFormat format;

    Clause(Speech speech, long segmentId, SpokenForm form, boolean fixed, List<VoiceChoice> voices) {
        this.speech = speech;
        this.segmentId = segmentId;
        this.form = form;
        this.fixed = fixed;
        this.voices = List.copyOf(voices);
    }

    /** Stops the provider; nothing more reaches the queue. */
    void stop() {
        if (sink != null) {
            sink.shut();
        }
        if (work != null) {
            work.cancel();
        }
        stage = Stage.MADE;
    }
}
