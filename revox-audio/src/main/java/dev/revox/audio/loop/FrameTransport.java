package dev.revox.audio.loop;

/**
 * The wire of one leg as the media loop sees it: encoded frames come in, encoded frames go out. RTP is one; a test's memory
 * is another.
 *
 * <p><b>Thread:</b> Confined to the media loop; never blocks, never throws because of what arrived.
 */
public interface FrameTransport {

    /** Hands over everything that has arrived and was not handed over before. */
    void poll(long nowNanos, Inlet inlet);

    /** False while a DTMF event has the wire or the leg is on hold: what the mouth would say then waits. */
    boolean takesVoice();

    /**
     * True when somebody else's packets leave by this wire for now, so that no frame of ours is to be sent.
     *
     * @param ownSound whether there is anything of ours in the frame that is due
     */
    default boolean relays(boolean ownSound, long nowNanos) {
        return false;
    }

    /** Sends one frame. */
    void send(byte[] payload, int offset, int length, long nowNanos);

    /** Sends one frame that only tells what the silence is like in which no frames are sent. */
    default void sendSilence(byte[] payload, int offset, int length, long nowNanos) {
        send(payload, offset, length, nowNanos);
    }

    /** Frame times without voice: sends what else is due instead of it; the wire's clock goes on. */
    void pass(int frames, long nowNanos);

    /** Where arrived frames go. */
    interface Inlet {

        /**
         * One frame from the wire.
         *
         * @param stream changes whenever the source began anew (another SSRC), so that nothing is carried over
         * @param sequence 16 bit, wraps
         * @param timestamp 32 bit unsigned in the codec's clock, wraps
         */
        void onFrame(
                int stream, int sequence, long timestamp, byte[] payload, int offset, int length, long arrivalNanos);

        /** A packet that tells what the silence is like in which nothing is sent from now on (RFC 3389). */
        default void onComfortNoise(
                int stream, int sequence, long timestamp, byte[] payload, int offset, int length, long arrivalNanos) {
            onSilent(stream, sequence, arrivalNanos);
        }

        /** A packet that took a sequence number of the stream but holds no sound (DTMF). */
        void onSilent(int stream, int sequence, long arrivalNanos);
    }
}
