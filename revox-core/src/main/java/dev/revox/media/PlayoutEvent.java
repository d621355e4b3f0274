package dev.revox.media;

/**
 * What became of a segment that the mouth was asked to say. Each segment ends with exactly one {@code Finished} or
 * {@code Flushed}.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> {@code playedMicros} is microseconds of the SEGMENT'S media that left in RTP
 * packets, whatever the line's rate; {@code atNanos} is engine time.
 */
public sealed interface PlayoutEvent {

    long segmentId();

    long atNanos();

    /** Its first samples left; {@code atNanos} is when that packet was sent. */
    record Started(long segmentId, long atNanos) implements PlayoutEvent {}

    /** Sent about every 200 ms while it plays, and on pause. */
    record Progress(long segmentId, long atNanos, long playedMicros) implements PlayoutEvent {}

    /** Its last sample left. */
    record Finished(long segmentId, long atNanos, long playedMicros) implements PlayoutEvent {}

    /** It was thrown away after {@code playedMicros} (0 when it never started). */
    record Flushed(long segmentId, long atNanos, long playedMicros) implements PlayoutEvent {}
}
