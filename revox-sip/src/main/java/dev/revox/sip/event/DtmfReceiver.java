package dev.revox.sip.event;

/**
 * Makes one key press out of the many packets that tell of it.
 *
 * <p>The RTP timestamp is the identity of a press: updates, the repeated end packets and duplicates share it, and the same key
 * pressed twice has two. A press is reported at its first end packet; when all of those are lost, at the next press or
 * {@value #LOST_END_MS} ms after its last update.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 4733 §2.3, §2.5.2.
 */
public final class DtmfReceiver {

    /** 3000 samples at 8 kHz, as Asterisk has it. */
    public static final int LOST_END_MS = 375;

    private static final long LOST_END_NANOS = LOST_END_MS * 1_000_000L;
    private static final int LAST_DIGIT_EVENT = 15;
    private static final int LONG_EVENT = 0xFF00;

    /** Where key presses go. */
    @FunctionalInterface
    public interface Sink {
        void onDigit(char digit, int durationMs, long nowNanos);
    }

    private final Sink sink;
    private boolean known;
    private boolean open;
    private int event;
    private long timestamp;
    private int durationTicks;
    private long earlierTicks;
    private int clockRateHz = 8000;
    private long lastUpdateNanos;
    private long malformed;

    public DtmfReceiver(Sink sink) {
        this.sink = sink;
    }

    /** One telephone-event packet. */
    public void onPacket(
            long packetTimestamp, byte[] bytes, int offset, int length, int packetClockRateHz, long nowNanos) {
        if (length < DtmfSender.PAYLOAD_BYTES) {
            malformed++;
            return;
        }
        int code = bytes[offset] & 0xFF;
        if (code > LAST_DIGIT_EVENT) {
            return;
        }
        boolean end = (bytes[offset + 1] & 0x80) != 0;
        int ticks = (bytes[offset + 2] & 0xFF) << 8 | (bytes[offset + 3] & 0xFF);
        if (known && packetTimestamp == timestamp) {
            if (!open) {
                return;
            }
        } else if (known && (int) (packetTimestamp - timestamp) < 0) {
            return;
        } else if (open && continues(packetTimestamp, code)) {
            earlierTicks += durationTicks;
            durationTicks = 0;
            timestamp = packetTimestamp;
        } else {
            report(nowNanos);
            known = true;
            open = true;
            event = code;
            timestamp = packetTimestamp;
            durationTicks = 0;
            earlierTicks = 0;
        }
        clockRateHz = packetClockRateHz;
        durationTicks = Math.max(durationTicks, ticks);
        lastUpdateNanos = nowNanos;
        if (end) {
            report(nowNanos);
        }
    }

    // §2.5.1.3: a press longer than the duration field goes on in a segment that starts where the last one ended.
    private boolean continues(long packetTimestamp, int code) {
        return code == event
                && durationTicks >= LONG_EVENT
                && packetTimestamp == ((timestamp + durationTicks) & 0xFFFF_FFFFL);
    }

    /** Called on each tick of the loop: ends a press whose end packets were lost. */
    public void onTick(long nowNanos) {
        if (open && nowNanos - lastUpdateNanos >= LOST_END_NANOS) {
            report(nowNanos);
        }
    }

    /** The source began anew: timestamps of the old one mean nothing. */
    public void restart(long nowNanos) {
        report(nowNanos);
        known = false;
    }

    private void report(long nowNanos) {
        if (!open) {
            return;
        }
        open = false;
        long ms = (earlierTicks + durationTicks) * 1000 / clockRateHz;
        sink.onDigit(DtmfSender.EVENTS.charAt(event), (int) ms, nowNanos);
    }

    public long malformed() {
        return malformed;
    }
}
