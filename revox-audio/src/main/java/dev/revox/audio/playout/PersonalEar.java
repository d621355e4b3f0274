package dev.revox.audio.playout;

import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.media.EarFrame;

/**
 * Everything between one RTP stream and a person who listens to it: order, decoding, concealment and a steady pace.
 *
 * <p>It has an order of its own, beside that of the machine's ear. A machine waits for a hole as long as reordering takes, because
 * a missing syllable costs it more than delay. A person's sound leaves at its time: a hole is given up in the moment in which the
 * sound behind it has to leave, and no sooner. What comes after that still lengthens the delay that is aimed at.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction, but for what the decoder does.
 */
public final class PersonalEar implements AutoCloseable {

    private final FrameDecoder decoder;
    private final EarBuffer order;
    private final PlayoutBuffer playout;
    private final short[] pcm;

    /** Takes the decoder over. */
    public PersonalEar(FrameDecoder decoder) {
        this.decoder = decoder;
        order = new EarBuffer(decoder.clockRateHz());
        playout = new PlayoutBuffer(decoder.sampleRateHz());
        pcm = new short[decoder.sampleRateHz() / 1000 * FrameDecoder.MAX_PACKET_MS];
    }

    /** Takes a packet of the stream; a malformed one becomes a hole. */
    public void offer(byte[] payload, int offset, int length, int sequence, int timestamp, long arrivalNanos) {
        int ticks = decoder.ticks(payload, offset, length);
        if (ticks <= 0) {
            return;
        }
        long late = order.latePackets();
        order.offer(payload, offset, length, 0, sequence, timestamp, ticks, arrivalNanos);
        if (order.latePackets() > late) {
            playout.missed(samples(order.placeOf(timestamp)), arrivalNanos);
        }
        drain(arrivalNanos);
    }

    /** Fills a frame that leaves now. */
    public void read(short[] out, int offset, int samples, long nowNanos) {
        drain(nowNanos);
        while (playout.hungry(samples) && order.hurry()) {
            drain(nowNanos);
        }
        playout.read(out, offset, samples, nowNanos);
    }

    private void drain(long nowNanos) {
        for (EarBuffer.Verdict next = order.poll(nowNanos);
                next != EarBuffer.Verdict.NOTHING;
                next = order.poll(nowNanos)) {
            if (next == EarBuffer.Verdict.PACKET) {
                packet();
            } else {
                hole(nowNanos);
            }
        }
    }

    private void packet() {
        if (order.resynced()) {
            decoder.reset();
        }
        int samples = decoder.decode(order.bytes(), order.offset(), order.length(), pcm, 0);
        if (samples > 0) {
            int flags = order.gapTicks() > 0 ? EarFrame.GAP : 0;
            playout.write(pcm, 0, samples, samples(order.mediaTicks()), flags, order.arrivalNanos());
        }
    }

    private void hole(long nowNanos) {
        int wanted = (int) Math.min(samples(order.holeTicks()), pcm.length);
        int samples = order.redundancyReady()
                ? decoder.decodeFec(order.bytes(), order.offset(), order.length(), pcm, 0, wanted)
                : 0;
        long sampleTime = samples(order.mediaTicks());
        if (samples > 0) {
            playout.write(pcm, 0, samples, sampleTime, 0, order.arrivalNanos());
        } else {
            decoder.conceal(pcm, 0, wanted);
            playout.write(pcm, 0, wanted, sampleTime, EarFrame.CONCEALED, nowNanos);
        }
    }

    private long samples(long ticks) {
        return ticks * decoder.sampleRateHz() / decoder.clockRateHz();
    }

    /** How the pace is kept, for figures. */
    public PlayoutBuffer playout() {
        return playout;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
