package dev.revox.testkit.phone.rtp;

/**
 * When the other side spoke, judged by the energy of its packets.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> nanoseconds of the telephone's time source.
 *
 * @param any false when nothing loud came so far; the times are zero then
 * @param spellStartNanos when the present or last spell of speech began; pauses below 700 ms do not end a spell
 * @param lastLoudNanos when the last loud packet came
 */
public record Hearing(boolean any, long spellStartNanos, long lastLoudNanos) {

    static final Hearing NOTHING = new Hearing(false, 0, 0);

    private static final long SPELL_PAUSE_NANOS = 700_000_000L;

    Hearing loudAt(long nowNanos) {
        boolean goesOn = any && nowNanos - lastLoudNanos < SPELL_PAUSE_NANOS;
        return new Hearing(true, goesOn ? spellStartNanos : nowNanos, nowNanos);
    }

    /** Whether something loud came after a moment, and then nothing for a while. */
    public boolean spokeSince(long momentNanos, long silenceNanos, long nowNanos) {
        return any && lastLoudNanos - momentNanos > 0 && nowNanos - lastLoudNanos >= silenceNanos;
    }

    /** Whether the other side has been speaking, after a moment, for so long and is speaking still. */
    public boolean speakingFor(long speechNanos, long momentNanos, long nowNanos) {
        long start = spellStartNanos - momentNanos > 0 ? spellStartNanos : momentNanos;
        return any
                && lastLoudNanos - momentNanos > 0
                && nowNanos - lastLoudNanos < SPELL_PAUSE_NANOS
                && nowNanos - start >= speechNanos;
    }
}
