package dev.revox.bench.jmh;

import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.line.ListenSettings;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.time.ManualTime;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A packet of 20 ms PCMU on its whole way through a leg, on a wire in memory.
 *
 * <p>In: RTP header, receiver statistics, jitter buffer, decoder, the energy detector, resampling to 16 kHz for a reader that
 * was opened before the answer, its ring, and the reader. Out: the mouth with speech at 24 kHz, resampler, encoder, RTP header.
 * Both with what the loop's dispatcher makes of their events.
 */
@State(Scope.Thread)
public class MediaPathBenchmark {

    private static final long FRAME_NANOS = 20_000_000L;

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final MediaLoop loop = new MediaLoop("jmh", time, deadline -> {});
    private final LegEventRelay relay = new LegEventRelay(loop.events(), event -> {});
    private final InboundAudio inbound = new InboundAudio(
            loop,
            time,
            ListenSettings.DEFAULT,
            VoiceActivity.energy("one packet is measured without a network").panel(),
            relay);
    private final OutboundAudio outbound = new OutboundAudio(loop, time, relay);
    private final MemoryWire wire = new MemoryWire();
    private final AudioLeg leg = new AudioLeg(wire, inbound, outbound, relay);
    private final Ear ear = inbound.openEar();
    private final short[] heard = new short[480];
    private final EarFrame about = new EarFrame();
    private long nowNanos;

    @Setup
    public void connect() {
        inbound.codec("PCMU");
        outbound.codec("PCMU", 20);
        inbound.answered();
        outbound.say(Segment.of(1), MediaFormat.pcm(24_000), (into, offset, maxSamples) -> maxSamples);
        nowNanos = time.nanoTime();
        loop.tick(nowNanos);
    }

    @Benchmark
    public int packetIn() {
        wire.arrived = true;
        nowNanos += FRAME_NANOS;
        leg.onTick(nowNanos);
        int unused = loop.dispatchEvents();
        return ear.read(heard, 0, about);
    }

    @Benchmark
    public int packetOut() {
        nowNanos += FRAME_NANOS;
        leg.onFrameDue(nowNanos, nowNanos);
        int unused = loop.dispatchEvents();
        return wire.sentBytes;
    }

    private static final class MemoryWire implements FrameTransport {
        private final RtpBytes peer = new RtpBytes();
        private final RtpPacketView view = new RtpPacketView();
        private final RtpReceiver receiver = new RtpReceiver();
        private final RtpSender sender = new RtpSender(0x1234, 1, 0);
        private final byte[] packet = new byte[1600];
        private boolean arrived;
        private int sentBytes;

        MemoryWire() {
            receiver.clockRate(8000);
        }

        @Override
        public void poll(long nowNanos, Inlet inlet) {
            if (!arrived) {
                return;
            }
            arrived = false;
            peer.next();
            if (!view.wrap(peer.bytes, 0, peer.length)) {
                throw new IllegalStateException("the peer's packet is no RTP");
            }
            if (receiver.onPacket(view.ssrc(), view.sequenceNumber(), view.timestamp(), nowNanos)
                    != RtpReceiver.Verdict.PROBATION) {
                inlet.onFrame(
                        receiver.streams(),
                        view.sequenceNumber(),
                        view.timestamp(),
                        peer.bytes,
                        view.payloadStart(),
                        view.payloadBytes(),
                        nowNanos);
            }
        }

        @Override
        public boolean takesVoice() {
            return true;
        }

        @Override
        public void send(byte[] payload, int offset, int length, long nowNanos) {
            sentBytes = sender.writeAudio(packet, 0, payload, offset, length);
            sender.advance(RtpBytes.FRAME_SAMPLES);
        }

        @Override
        public void pass(int frames, long nowNanos) {
            sender.advance((long) frames * RtpBytes.FRAME_SAMPLES);
        }
    }
}
