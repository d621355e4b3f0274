package dev.revox.bench.jmh;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.resample.Resampler;
import dev.revox.sip.rtp.RtpPacketView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The single steps of the media path, per packet or frame of 20 ms. */
@State(Scope.Thread)
public class SoundBenchmark {

    private static final long FRAME_NANOS = 20_000_000L;
    private static final int FRAME_SAMPLES = RtpBytes.FRAME_SAMPLES;

    private final RtpBytes packet = new RtpBytes();
    private final RtpPacketView view = new RtpPacketView();
    private final FrameEncoder encoder = Codecs.encoder("PCMU");
    private final FrameDecoder decoder = Codecs.decoder("PCMU");
    private final Resampler down = new Resampler(24_000, 8000, 480);
    private final Resampler up = new Resampler(8000, 16_000, FRAME_SAMPLES);
    private final EarBuffer buffer = new EarBuffer(8000);
    private final short[] narrow = Sounds.hum(8000, 20);
    private final short[] wide = Sounds.hum(24_000, 20);
    private final short[] out = new short[8 * FrameDecoder.MAX_PACKET_MS];
    private final byte[] coded = new byte[FRAME_SAMPLES];
    private int sequence;
    private int timestamp;
    private long nowNanos;

    @Benchmark
    public int parseRtpHeader() {
        return view.wrap(packet.bytes, 0, packet.length)
                ? view.sequenceNumber()
                        + view.payloadType()
                        + view.ssrc()
                        + (int) view.timestamp()
                        + view.payloadBytes()
                : -1;
    }

    @Benchmark
    public int encodeG711() {
        return encoder.encode(narrow, 0, FRAME_SAMPLES, coded, 0);
    }

    @Benchmark
    public int decodeG711() {
        return decoder.decode(packet.bytes, RtpPacketView.HEADER_BYTES, FRAME_SAMPLES, out, 0);
    }

    @Benchmark
    public int resample24To8() {
        return down.process(wide, 0, wide.length, out, 0);
    }

    @Benchmark
    public int resample8To16() {
        return up.process(narrow, 0, FRAME_SAMPLES, out, 0);
    }

    /** A packet in order: offered, given out, and nothing behind it. */
    @Benchmark
    public int earBuffer() {
        nowNanos += FRAME_NANOS;
        sequence = (sequence + 1) & 0xFFFF;
        timestamp += FRAME_SAMPLES;
        buffer.offer(
                packet.bytes,
                RtpPacketView.HEADER_BYTES,
                FRAME_SAMPLES,
                0,
                sequence,
                timestamp,
                FRAME_SAMPLES,
                nowNanos);
        int given = 0;
        while (buffer.poll(nowNanos) != EarBuffer.Verdict.NOTHING) {
            given += buffer.length();
        }
        return given;
    }
}
