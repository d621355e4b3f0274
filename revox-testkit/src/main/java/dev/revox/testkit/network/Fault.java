package dev.revox.testkit.network;

/**
 * Something that happens to the stream itself at one of its packets, counted from 0.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Fault {

    /** The first packet that it concerns. */
    long atPacket();

    /** From here on the packets have another SSRC, another sequence and other timestamps, as after a transfer. */
    record SourceChange(long atPacket, int ssrc) implements Fault {}

    /** From here on the timestamps are off by so much. */
    record TimestampJump(long atPacket, int ticks) implements Fault {}
}
