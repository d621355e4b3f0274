package dev.revox.bench.calls;

import dev.revox.CallEngine;
import dev.revox.CallHandle;
import dev.revox.assistant.Assistant;
import dev.revox.audio.loop.LatenessCounter;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.MediaReport;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.media.MediaSettings;
import dev.revox.sip.media.RtpMediaPlane;
import dev.revox.time.SystemTime;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One measurement of whole calls: orders placed with an engine, dialled over SIP, answered by a second line in the same JVM,
 * held for a while, hung up and reported.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
public final class WholeRun {

    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 39_999;
    private static final long PATIENCE_SECONDS = 60;
    private static final int FICTITIOUS_NUMBERS = 100;

    /** What came out. {@code bytesPerFrame} and {@code engineLoopCpuNanos} are of the engine's loops alone. */
    public record Result(
            String voiceActivity,
            int placed,
            long connected,
            long completed,
            Wire engine,
            Wire people,
            LatenessCounter engineLateness,
            LatenessCounter allLateness,
            long skippedFrames,
            double bytesPerFrame,
            long engineLoopCpuNanos,
            long peopleLoopCpuNanos,
            long jvmCpuNanos,
            long jvmAllocatedBytes,
            long collectionMs,
            long measuredNanos,
            long heapPerCallBytes,
            int platformThreads,
            double load,
            Histogram answers,
            long microsHeard) {}

    /** What went over the wire from one side, from the first packet of the first call to the last one. */
    public record Wire(long sent, long received, long lost, long concealed) {
        static Wire of(WatchedPlane plane) {
            return new Wire(
                    plane.sum(MediaReport::packetsSent),
                    plane.sum(MediaReport::packetsReceived),
                    plane.sum(MediaReport::packetsLost),
                    plane.sum(MediaReport::packetsConcealed));
        }
    }

    /** What happens beside the calls while they are measured. */
    @FunctionalInterface
    public interface Disturbance {

        /** Nothing happens. */
        Disturbance NONE = line -> () -> {};

        /** Whether the trunk's address may send requests that are none of a call's, as OPTIONS are. */
        default boolean trunkIsLetIn() {
            return false;
        }

        /** Begins. */
        Ending beginBeside(SipCallLine engineLine) throws InterruptedException;

        /** The end of it. */
        interface Ending {
            void end() throws InterruptedException;
        }
    }

    private final int calls;
    private final Duration warmUp;
    private final Duration measured;
    private final Disturbance disturbance;

    public WholeRun(int calls, Duration warmUp, Duration measured) {
        this(calls, warmUp, measured, Disturbance.NONE);
    }

    public WholeRun(int calls, Duration warmUp, Duration measured, Disturbance disturbance) {
        this.disturbance = disturbance;
        this.calls = calls;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    public Result run(Speech people, Speech agentClip, VoiceActivityModel model) throws InterruptedException {
        IdealAgent agent = new IdealAgent(agentClip, calls);
        CompletableFuture<WatchedPlane> opened = new CompletableFuture<>();
        try (SystemTime time = SystemTime.start();
                CalledPeople called = new CalledPeople(people, time)) {
            SipCallLine line = line(called.sipPort(), model, opened);
            try (CallEngine engine = engine(agent, line)) {
                return measure(model, agent, opened.join(), called, engine, line, time);
            }
        }
    }

    private Result measure(
            VoiceActivityModel model,
            IdealAgent agent,
            WatchedPlane plane,
            CalledPeople called,
            CallEngine engine,
            SipCallLine line,
            SystemTime time)
            throws InterruptedException {
        long heapBefore = Gauges.liveHeapBytes();
        List<CallHandle> handles = place(engine);
        boolean allUp = agent.connected().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long connected = allUp ? calls : calls - agent.connected().getCount();
        Gauges.pass(time, warmUp);

        Disturbance.Ending ending = disturbance.beginBeside(line);
        long startNanos = time.nanoTime();
        Instruments before = Instruments.read(plane, called.plane());
        Gauges.pass(time, measured);
        Instruments after = Instruments.read(plane, called.plane());
        long measuredNanos = time.nanoTime() - startNanos;
        ending.end();
        double load = Gauges.load();
        int threads = Gauges.platformThreads();
        long heapPerCall = (Gauges.liveHeapBytes() - heapBefore) / calls;

        agent.end();
        long completed = completed(handles);
        return new Result(
                model.name(),
                calls,
                connected,
                completed,
                Wire.of(plane),
                Wire.of(called.plane()),
                after.engineLateness(before),
                after.allLateness(before),
                after.skipped() - before.skipped(),
                (double) (after.loopBytes() - before.loopBytes()) / Math.max(1, after.sent() - before.sent()),
                after.engineCpuNanos() - before.engineCpuNanos(),
                after.peopleCpuNanos() - before.peopleCpuNanos(),
                after.jvmCpuNanos() - before.jvmCpuNanos(),
                after.jvmBytes() - before.jvmBytes(),
                after.collectionMs() - before.collectionMs(),
                measuredNanos,
                heapPerCall,
                threads,
                load,
                agent.answers(),
                agent.microsHeard());
    }

    /** All counters at one moment. */
    private record Instruments(
            LatenessCounter engine,
            LatenessCounter people,
            long skipped,
            long sent,
            long loopBytes,
            long engineCpuNanos,
            long peopleCpuNanos,
            long jvmCpuNanos,
            long jvmBytes,
            long collectionMs) {

        static Instruments read(WatchedPlane engine, WatchedPlane people) {
            return new Instruments(
                    engine.rtp().lateness(),
                    people.rtp().lateness(),
                    engine.rtp().skippedFrames() + people.rtp().skippedFrames(),
                    engine.sum(MediaReport::packetsSent),
                    Gauges.allocatedBytes(engine.rtp()),
                    Gauges.cpuNanos(engine.rtp()),
                    Gauges.cpuNanos(people.rtp()),
                    Gauges.jvmCpuNanos(),
                    Gauges.jvmAllocatedBytes(),
                    Gauges.collectionMs());
        }

        LatenessCounter engineLateness(Instruments before) {
            LatenessCounter between = new LatenessCounter();
            between.add(engine);
            between.subtract(before.engine);
            return between;
        }

        LatenessCounter allLateness(Instruments before) {
            LatenessCounter between = engineLateness(before);
            between.add(people);
            between.subtract(before.people);
            return between;
        }
    }

    private SipCallLine line(int peoplePort, VoiceActivityModel model, CompletableFuture<WatchedPlane> opened) {
        SipTrunk people = SipTrunk.of("sip:127.0.0.1:" + peoplePort).name("people");
        return SipCallLine.builder()
                .trunk(disturbance.trunkIsLetIn() ? people.allowInboundFrom("127.0.0.1") : people)
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                .media((time, address) -> {
                    MediaSettings settings =
                            MediaSettings.defaults(address, model).withPorts(FIRST_PORT, LAST_PORT);
                    WatchedPlane plane = WatchedPlane.of(RtpMediaPlane.start(settings, time));
                    opened.complete(plane);
                    return plane;
                })
                .build();
    }

    private CallEngine engine(IdealAgent agent, SipCallLine line) {
        return CallEngine.builder()
                .line(line)
                .agent(agent)
                .maxConcurrentCalls(calls)
                .build();
    }

    private List<CallHandle> place(CallEngine engine) {
        Assistant assistant = Assistant.prompt("You hold a call for a measurement.")
                .firstSentence("Hello.")
                .build();
        List<CallHandle> handles = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String number = String.format(Locale.ROOT, "+141555501%02d", i % FICTITIOUS_NUMBERS);
            handles.add(engine.place(CallOrder.to(number)
                    .forceNow()
                    .assistant(assistant)
                    .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                    .build()));
        }
        return handles;
    }

    private static long completed(List<CallHandle> handles) {
        CompletableFuture<?>[] reports =
                handles.stream().map(CallHandle::report).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(reports)
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        long completed = 0;
        for (CompletableFuture<?> report : reports) {
            if (report.isDone()
                    && !report.isCompletedExceptionally()
                    && report.join() instanceof CallReport settled
                    && settled.order().status() == OrderStatus.COMPLETED) {
                completed++;
            }
        }
        return completed;
    }
}
