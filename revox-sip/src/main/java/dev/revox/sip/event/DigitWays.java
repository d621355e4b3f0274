package dev.revox.sip.event;

import dev.revox.audio.tone.ToneWatch;
import dev.revox.sip.sdp.NegotiatedMedia;

/**
 * In which of both ways key presses are believed on a leg: as named events, or in the sound.
 *
 * <p>Sound counts where named events were not agreed, or where it was asked for; and not any more once a named event has come in,
 * so that no press counts twice.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class DigitWays {

    private final ToneWatch watch;
    private final boolean alwaysInSound;
    private final DigitTiming timing;

    /** {@code alwaysInSound} is for peers that agree to named events and then send tones. */
    public DigitWays(ToneWatch watch, boolean alwaysInSound, DigitTiming timing) {
        this.watch = watch;
        this.alwaysInSound = alwaysInSound;
        this.timing = timing;
    }

    /** A new sender of named events. */
    public DtmfSender sender() {
        return new DtmfSender(timing);
    }

    /** Offer and answer have agreed, for the first time or anew. */
    public void onDescription(NegotiatedMedia agreed) {
        watch.hearDigits(
                alwaysInSound || agreed.receiveTelephoneEventPayloadType().isEmpty());
    }

    /** A packet with a named event came in. */
    public void onNamedEvent() {
        watch.namedEventsSeen();
    }
}
