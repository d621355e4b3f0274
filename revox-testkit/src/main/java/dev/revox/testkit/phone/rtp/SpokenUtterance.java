package dev.revox.testkit.phone.rtp;

/**
 * An utterance that the telephone has begun to say.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param startSample where it begins in what the telephone said
 * @param firstPacketNanos when its first packet left, by the telephone's time source
 */
public record SpokenUtterance(Utterance utterance, int startSample, long firstPacketNanos) {}
