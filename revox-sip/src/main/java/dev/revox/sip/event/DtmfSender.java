package dev.revox.sip.event;

/**
 * Turns digits into telephone-event packets, one frame time at a time.
 *
 * <p>A tone usually lasts {@value #TONE_MS} ms and is followed by a gap of {@value #GAP_MS} ms in which the mouth may speak no
 * more than during the tone; {@code w} waits {@value #WAIT_MS} ms. The end of a tone is sent three times. A tone that is longer
 * than its field for the duration goes on in a segment of its own.
 *
 * <pre>
 * |     event     |E|R| volume    |          duration             |
 * </pre>
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> durations in ticks of the event's clock rate. <b>Spec:</b> RFC
 * 4733 §2.3 (payload), §2.5.1 (sending).
 */
public final class DtmfSender {

    public static final int TONE_MS = 250;
    public static final int GAP_MS = 300;
    public static final int WAIT_MS = 500;

    /** Digits that may wait: {@value}. */
    public static final int CAPACITY = 256;

    public static final int PAYLOAD_BYTES = 4;

    static final String EVENTS = "0123456789*#ABCD";
    private static final int VOLUME_DBM0 = 10;
    private static final int LONGEST_SEGMENT_TICKS = 0xFFFF;
    private static final int END_REPEATS = 3;
    private static final byte WAIT = -1;

    private enum State {
        IDLE,
        TONE,
        END,
        SILENCE
    }

    private final int toneMs;
    private final int gapMs;
    private final byte[] queue = new byte[CAPACITY];
    private int queueHead;
    private int queueSize;

    private State state = State.IDLE;
    private int event;
    private int elapsedMs;
    private int endsSent;
    private int silenceMs;
    private boolean first;
    private long startTimestamp;
    private long packetTimestamp;
    private int segmentTicks;

    public DtmfSender() {
        this(DigitTiming.DEFAULT);
    }

    public DtmfSender(DigitTiming timing) {
        toneMs = timing.toneMs();
        gapMs = timing.gapMs();
    }

    /** Whether a text consists of what can be sent. */
    public static boolean sendable(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char digit = Character.toUpperCase(digits.charAt(i));
            if (digit != 'W' && EVENTS.indexOf(digit) < 0) {
                return false;
            }
        }
        return digits.length() <= CAPACITY;
    }

    /** Queues one digit or {@code w}. @return false when the queue is full or the character is no digit */
    public boolean queue(char digit) {
        char upper = Character.toUpperCase(digit);
        int code = upper == 'W' ? -1 : EVENTS.indexOf(upper);
        if (queueSize == CAPACITY || (code < 0 && upper != 'W')) {
            return false;
        }
        queue[(queueHead + queueSize) % CAPACITY] = upper == 'W' ? WAIT : (byte) code;
        queueSize++;
        return true;
    }

    /** True from the first digit's start to the last gap's end. */
    public boolean busy() {
        return state != State.IDLE || queueSize > 0;
    }

    /**
     * One frame time: the packet that is due in it, if any. The caller moves its clock on by {@code frameMs} afterwards.
     *
     * @param timestamp the stream's clock at this frame
     * @param payload gets the {@value #PAYLOAD_BYTES} bytes
     * @return whether a packet with {@link #marker()} and {@link #eventTimestamp()} is to be sent
     */
    public boolean onFrame(long timestamp, int frameMs, int clockRateHz, byte[] payload) {
        if (state == State.IDLE) {
            startNext(timestamp);
        }
        return switch (state) {
            case IDLE -> false;
            case TONE -> {
                growTone(frameMs, clockRateHz, payload);
                yield true;
            }
            case END -> {
                repeatEnd(frameMs, clockRateHz, payload);
                yield true;
            }
            case SILENCE -> {
                passSilence(frameMs);
                state = silenceMs > 0 ? State.SILENCE : State.IDLE;
                yield false;
            }
        };
    }

    private void growTone(int frameMs, int clockRateHz, byte[] payload) {
        first = elapsedMs == 0;
        elapsedMs = Math.min(toneMs, elapsedMs + frameMs);
        if (elapsedMs * (clockRateHz / 1000) - segmentTicks > LONGEST_SEGMENT_TICKS) {
            // §2.5.1.3: the segment is full; what is more than it can tell comes with the next frame.
            write(payload, false, LONGEST_SEGMENT_TICKS);
            startTimestamp = (startTimestamp + LONGEST_SEGMENT_TICKS) & 0xFFFF_FFFFL;
            segmentTicks += LONGEST_SEGMENT_TICKS;
            return;
        }
        boolean complete = elapsedMs == toneMs;
        // The packet that completes the tone is already the first of the end packets.
        write(payload, complete, ticks(clockRateHz));
        if (complete) {
            endsSent = 1;
            silenceMs = gapMs;
            state = State.END;
        }
    }

    private void repeatEnd(int frameMs, int clockRateHz, byte[] payload) {
        first = false;
        write(payload, true, ticks(clockRateHz));
        endsSent++;
        passSilence(frameMs);
        if (endsSent == END_REPEATS) {
            state = silenceMs > 0 ? State.SILENCE : State.IDLE;
        }
    }

    private void passSilence(int frameMs) {
        silenceMs = Math.max(0, silenceMs - frameMs);
    }

    private void startNext(long timestamp) {
        if (queueSize == 0) {
            return;
        }
        byte code = queue[queueHead];
        queueHead = (queueHead + 1) % CAPACITY;
        queueSize--;
        if (code == WAIT) {
            state = State.SILENCE;
            silenceMs = WAIT_MS;
        } else {
            state = State.TONE;
            event = code;
            elapsedMs = 0;
            startTimestamp = timestamp;
            segmentTicks = 0;
        }
    }

    private int ticks(int clockRateHz) {
        return elapsedMs * (clockRateHz / 1000) - segmentTicks;
    }

    private void write(byte[] payload, boolean end, int duration) {
        packetTimestamp = startTimestamp;
        payload[0] = (byte) event;
        payload[1] = (byte) ((end ? 0x80 : 0) | VOLUME_DBM0);
        payload[2] = (byte) (duration >>> 8);
        payload[3] = (byte) duration;
    }

    /** The marker bit of the packet just made: set on the first of an event. */
    public boolean marker() {
        return first;
    }

    /** The timestamp of the packet just made: the start of its event, or of the event's segment. */
    public long eventTimestamp() {
        return packetTimestamp;
    }
}
