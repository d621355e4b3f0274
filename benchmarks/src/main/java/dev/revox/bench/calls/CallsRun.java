package dev.revox.bench.calls;

import dev.revox.audio.loop.LatenessCounter;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.ListenSettings;
import dev.revox.line.MediaReport;
import dev.revox.media.Segment;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.MediaSettings;
import dev.revox.sip.media.RtpMediaPlane;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.transport.DatagramTransport;
import dev.revox.time.SystemTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One measurement: so many legs in pairs, each the other's far end, all of them speaking and listening all the time.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
final class CallsRun {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** What came out. */
    record Result(
            String name,
            String voiceActivity,
            long packetsSent,
            long packetsReceived,
            long packetsLost,
            long framesGivenUp,
            LatenessCounter lateness,
            double bytesPerFrame,
            double loopCpuPercent,
            long speechEdges) {}

    private final String name;
    private final int calls;
    private final Duration warmUp;
    private final Duration measured;

    CallsRun(String name, int calls, Duration warmUp, Duration measured) {
        this.name = name;
        this.calls = calls;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    Result run(Speech speech, int loops, VoiceActivityModel model, Function<String, DatagramTransport> transports)
            throws InterruptedException {
        MediaSettings settings =
                MediaSettings.defaults(HERE, model).withPorts(30_000, 31_999).withLoops(loops);
        AtomicLong events = new AtomicLong();
        try (SystemTime time = SystemTime.start();
                RtpMediaPlane plane = RtpMediaPlane.start(settings, time, transports)) {
            List<MediaSession> legs = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                legs.add(plane.open("leg-" + i, ListenSettings.DEFAULT, event -> {
                    if (event instanceof dev.revox.line.LegEvent.SpeechEnded) {
                        events.incrementAndGet();
                    }
                }));
            }
            for (int i = 0; i < calls; i++) {
                MediaSession leg = legs.get(i);
                leg.apply(to(legs.get(i ^ 1)));
                leg.answered();
                leg.mouth().say(Segment.of(1), speech.format(), speech.endless(i * 4001));
            }
            Gauges.pass(time, warmUp);
            long sentBefore = sum(legs, MediaReport::packetsSent);
            long givenUpBefore = plane.skippedFrames();
            LatenessCounter before = plane.lateness();
            long allocatedBefore = Gauges.allocatedBytes(plane);
            long cpuBefore = Gauges.cpuNanos(plane);
            Gauges.pass(time, measured);
            long allocated = Gauges.allocatedBytes(plane) - allocatedBefore;
            long cpu = Gauges.cpuNanos(plane) - cpuBefore;
            LatenessCounter lateness = plane.lateness();
            lateness.subtract(before);
            long sent = sum(legs, MediaReport::packetsSent) - sentBefore;
            return new Result(
                    name,
                    legs.getFirst().report().voiceActivity(),
                    sent,
                    sum(legs, MediaReport::packetsReceived),
                    sum(legs, MediaReport::packetsLost),
                    plane.skippedFrames() - givenUpBefore,
                    lateness,
                    (double) allocated / Math.max(1, sent),
                    100.0 * cpu / measured.toNanos(),
                    events.get());
        }
    }

    private static long sum(List<MediaSession> legs, java.util.function.ToLongFunction<MediaReport> counter) {
        return legs.stream().map(MediaSession::report).mapToLong(counter).sum();
    }

    private static NegotiatedMedia to(MediaSession peer) {
        return new NegotiatedMedia(
                "PCMU",
                0,
                0,
                8000,
                Map.of(),
                OptionalInt.of(101),
                OptionalInt.of(101),
                8000,
                20,
                new InetSocketAddress(HERE, peer.localRtpPort()),
                new InetSocketAddress(HERE, peer.localRtpPort() + 1),
                false,
                true,
                true);
    }
}
