package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.voice.Sound;

/**
 * Something to say, and which of its packets must not reach the other side.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> the withheld spell is in milliseconds of the sound; an empty one is 0, 0.
 */
public record Utterance(Sound sound, int withheldFromMs, int withheldToMs) {

    public static Utterance of(Sound sound) {
        return new Utterance(sound, 0, 0);
    }

    // A packet goes when its middle lies in the spell.
    boolean withheld(int packet) {
        int middleMs = packet * PhoneRtp.PACKET_MS + PhoneRtp.PACKET_MS / 2;
        return middleMs >= withheldFromMs && middleMs < withheldToMs;
    }
}
