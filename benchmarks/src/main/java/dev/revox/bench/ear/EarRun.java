package dev.revox.bench.ear;

import static dev.revox.bench.ear.SpokenStream.FRAME_MS;
import static dev.revox.bench.ear.SpokenStream.MS;

import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.jitter.EarBuffer.Verdict;
import dev.revox.audio.playout.PersonalEar;
import dev.revox.audio.playout.PlayoutBuffer;
import dev.revox.testkit.network.BadNetwork;
import dev.revox.testkit.network.Datagram;
import dev.revox.testkit.network.NetworkProfile;
import java.util.Arrays;
import java.util.List;

/** One stream over one network, heard by the machine's ear, by a person's behind it, and by a buffer of fixed length. */
final class EarRun {

    private static final long FIXED_NANOS = 60 * MS;
    private static final long READ_PHASE_NANOS = 7 * MS;
    private static final long UNKNOWN = Long.MAX_VALUE;

    final Delays ear = new Delays();
    final Delays fixed = new Delays();
    final Delays playout = new Delays();
    final PlayoutBuffer person;
    private final PersonalEar personal;
    private final SpokenStream stream;
    private final List<Datagram> arriving;
    private final long[] arrivals;
    private final EarBuffer buffer;
    private final FrameDecoder decoder;
    private final short[] pcm;
    private final short[] out;
    private final int ticks;
    private long madeUp;
    private long recovered;
    private int late;

    EarRun(SpokenStream stream, NetworkProfile profile, long seed) {
        this.stream = stream;
        arriving = BadNetwork.carry(profile, seed, stream.packets());
        decoder = stream.decoder();
        buffer = new EarBuffer(decoder.clockRateHz());
        personal = new PersonalEar(stream.decoder());
        person = personal.playout();
        pcm = new short[decoder.sampleRateHz() / 1000 * FrameDecoder.MAX_PACKET_MS];
        out = new short[decoder.sampleRateHz() / 1000 * FRAME_MS];
        ticks = decoder.clockRateHz() / 1000 * FRAME_MS;
        arrivals = new long[stream.packets().size()];
        Arrays.fill(arrivals, UNKNOWN);
        for (Datagram packet : arriving) {
            int number = SpokenStream.number(packet);
            arrivals[number] = Math.min(arrivals[number], packet.arrivalNanos());
        }
    }

    EarRun run() {
        int next = 0;
        long end = arriving.getLast().arrivalNanos() + 100 * MS;
        for (long now = 0; now <= end; now += MS) {
            while (next < arriving.size() && arriving.get(next).arrivalNanos() <= now) {
                Datagram packet = arriving.get(next++);
                offer(packet);
                take(packet.arrivalNanos());
            }
            take(now);
            if (now % (FRAME_MS * MS) == READ_PHASE_NANOS && now < end - 200 * MS) {
                read(now);
            }
        }
        fixedBuffer();
        decoder.close();
        personal.close();
        return this;
    }

    private void offer(Datagram packet) {
        buffer.offer(
                packet.bytes(),
                SpokenStream.HEADER_BYTES,
                SpokenStream.length(packet),
                0,
                SpokenStream.sequence(packet),
                SpokenStream.timestamp(packet),
                ticks,
                packet.arrivalNanos());
        personal.offer(
                packet.bytes(),
                SpokenStream.HEADER_BYTES,
                SpokenStream.length(packet),
                SpokenStream.sequence(packet),
                SpokenStream.timestamp(packet),
                packet.arrivalNanos());
    }

    private void take(long now) {
        for (Verdict verdict = buffer.poll(now); verdict != Verdict.NOTHING; verdict = buffer.poll(now)) {
            if (verdict == Verdict.PACKET) {
                ear.add(now - buffer.arrivalNanos());
                int unused = decoder.decode(buffer.bytes(), buffer.offset(), buffer.length(), pcm, 0);
            } else {
                hole();
            }
        }
    }

    private void hole() {
        int wanted = buffer.holeTicks() * decoder.sampleRateHz() / decoder.clockRateHz();
        int samples = buffer.redundancyReady()
                ? decoder.decodeFec(buffer.bytes(), buffer.offset(), buffer.length(), pcm, 0, wanted)
                : 0;
        if (samples > 0) {
            recovered += buffer.holeTicks();
        } else {
            madeUp += buffer.holeTicks();
            decoder.conceal(pcm, 0, wanted);
        }
    }

    private void read(long now) {
        long number = Math.ceilDiv(person.nextSampleTime(), (long) out.length);
        boolean ran = person.running();
        personal.read(out, 0, out.length, now);
        boolean known = ran && number >= 0 && number < arrivals.length;
        if (known && arrivals[(int) number] <= now) {
            playout.add(now - arrivals[(int) number]);
        }
    }

    /** What waits 60 ms behind the first packet, whatever comes. */
    private void fixedBuffer() {
        long begin = arrivals[0] == UNKNOWN ? 0 : arrivals[0];
        for (int n = 0; n < arrivals.length; n++) {
            long leaves = begin + FIXED_NANOS + n * (FRAME_MS * MS);
            if (arrivals[n] > leaves) {
                late++;
            } else {
                fixed.add(leaves - arrivals[n]);
            }
        }
    }

    private double percent(double packets) {
        return 100 * packets / stream.packets().size();
    }

    double lostPercent() {
        return percent((double)
                Arrays.stream(arrivals).filter(arrival -> arrival == UNKNOWN).count());
    }

    double madeUpPercent() {
        return percent(madeUp / (double) ticks);
    }

    double recoveredPercent() {
        return percent(recovered / (double) ticks);
    }

    double fixedMadeUpPercent() {
        return percent(late);
    }

    double playoutMadeUpPercent() {
        return percent(person.madeUpSamples() / (double) out.length);
    }
}
