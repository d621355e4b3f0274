package dev.revox.testkit.wire;

import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.rtp.SpokenUtterance;
import dev.revox.testkit.phone.rtp.WireSound;
import java.util.OptionalDouble;

/**
 * How quick the other side was, by the packets of one call alone.
 *
 * <p>A sample is on the wire when its packet is: what a network analyser beside the telephone would show. The telephone's utterances
 * must begin and end with speech, and the other side's speech must be louder than {@value #LOUD} at its beginning and have no gap of
 * a whole packet.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class WireLatency {

    static final int LOUD = 500;

    private static final int PACKET_SAMPLES = 160;
    private static final double NANOS_PER_MS = 1e6;

    private final WireSound said;
    private final WireSound heard;

    private WireLatency(WireSound said, WireSound heard) {
        this.said = said;
        this.heard = heard;
    }

    /** What the telephone sent and heard up to now. */
    public static WireLatency of(PhoneCall call) {
        return new WireLatency(call.saidOnWire(), call.heardOnWire());
    }

    /** When the last sample of an utterance was on the wire. */
    public long endNanos(SpokenUtterance utterance) {
        int samples = utterance.utterance().sound().at(8000).pcm().length;
        return said.nanosAt(utterance.startSample() + samples - 1);
    }

    /** Voice-to-voice latency in ms: from the utterance's last sample to the answer's first. Empty without an answer, or when the other side spoke before. */
    public OptionalDouble answeredAfterMs(SpokenUtterance utterance) {
        long endNanos = endNanos(utterance);
        short[] pcm = heard.sound().pcm();
        int from = heard.placeFrom(endNanos);
        for (int i = Math.max(0, from - 5 * PACKET_SAMPLES); i < pcm.length; i++) {
            if (Math.abs(pcm[i]) >= LOUD) {
                return i < from ? OptionalDouble.empty() : OptionalDouble.of(ms(heard.nanosAt(i) - endNanos));
            }
        }
        return OptionalDouble.empty();
    }

    /** From the utterance's first sample to the first packet in which the other side is silent. Empty when it was silent before or spoke on. */
    public OptionalDouble silencedAfterMs(SpokenUtterance utterance) {
        long startNanos = said.nanosAt(utterance.startSample());
        int from = heard.placeFrom(startNanos);
        for (int i = from; i + PACKET_SAMPLES <= heard.sound().pcm().length; i += PACKET_SAMPLES) {
            if (silent(i)) {
                return i == from ? OptionalDouble.empty() : OptionalDouble.of(ms(heard.nanosAt(i) - startNanos));
            }
        }
        return OptionalDouble.empty();
    }

    private boolean silent(int from) {
        short[] pcm = heard.sound().pcm();
        for (int i = from; i < from + PACKET_SAMPLES; i++) {
            if (Math.abs(pcm[i]) >= LOUD) {
                return false;
            }
        }
        return true;
    }

    private static double ms(long nanos) {
        return nanos / NANOS_PER_MS;
    }
}
