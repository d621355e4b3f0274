package dev.revox.agent.realtime.voice;

import dev.revox.agent.speech.HeardLedger;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.media.MediaFormat;
import org.jspecify.annotations.Nullable;

/**
 * One item of a response: a piece of agent speech that is one segment for the mouth.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Item {

    final long segmentId;
    final int response;
    final String id;
    final Purpose purpose;
    private final HeardLedger ledger;
    private final StringBuilder generated = new StringBuilder();

    @Nullable
    SpeechQueue queue;

    @Nullable
    MediaFormat format;

    boolean held;
    boolean said;
    boolean started;
    boolean ended;
    boolean cut;

    /** Its sound ended before its words. */
    boolean broken;

    Item(long segmentId, int response, String id, Purpose purpose, HeardLedger ledger) {
        this.segmentId = segmentId;
        this.response = response;
        this.id = id;
        this.purpose = purpose;
        this.ledger = ledger;
        ledger.open(segmentId, "");
    }

    public void addText(String delta) {
        generated.append(delta);
        ledger.text(segmentId, generated.toString().strip());
    }

    /** The provider's name for it. */
    public String id() {
        return id;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** It was thrown away before its end. */
    public boolean interrupted() {
        return cut && !heard().equals(generated());
    }

    /** A first packet of it has left. */
    public boolean started() {
        return started;
    }

    /** All its sound is there. */
    void made() {
        ledger.total(segmentId, madeMicros());
    }

    long madeMicros() {
        return queue == null || format == null ? 0 : format.microsOf(queue.writtenSamples());
    }

    long unplayedMicros() {
        return queue == null || format == null ? 0 : format.microsOf(queue.unreadSamples());
    }

    public String generated() {
        return generated.toString().strip();
    }

    public String heard() {
        return ledger.heard(segmentId);
    }
}
