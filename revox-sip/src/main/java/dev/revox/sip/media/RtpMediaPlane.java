package dev.revox.sip.media;

import dev.revox.RevoxException;
import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.loop.LatenessCounter;
import dev.revox.audio.loop.LoopWaiter;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.mix.ClipLibrary;
import dev.revox.audio.record.RecordingWriter;
import dev.revox.audio.relay.LegEventRelay;
import dev.revox.audio.tone.ToneWatch;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.sip.event.DigitWays;
import dev.revox.sip.media.wire.RtpWire;
import dev.revox.sip.media.wire.SilenceLimit;
import dev.revox.sip.rtcp.RtcpSession;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.transport.DatagramTransport;
import dev.revox.sip.transport.PortRange;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The media plane over RTP: some media loops, each with its own sockets, one range of ports and one recording thread.
 *
 * <p>A leg is given to the loop with the fewest legs, or to that of a leg that it belongs to, and stays there.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RtpMediaPlane implements MediaPlane {

    private record Lane(MediaLoop loop, DatagramTransport transport, VoiceActivityPanel voices) {}

    private final MediaSettings settings;
    private final TimeSource time;
    private final PortRange ports;
    private final List<Lane> lanes = new ArrayList<>();
    private final ClipLibrary clips;
    private final RecordingWriter recordings = RecordingWriter.start();
    private final SecureRandom random = new SecureRandom();
    private final Set<RtpMediaSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private RtpMediaPlane(MediaSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        clips = new ClipLibrary(settings.sounds().clips());
        ports = new PortRange(settings.lowestPort(), settings.highestPort());
    }

    /** Starts the loops. */
    public static RtpMediaPlane start(MediaSettings settings, TimeSource time) {
        return start(settings, time, name -> DatagramTransport.of(settings.transport(), name));
    }

    /**
     * Starts the loops on transports of the caller's instead of those that the settings name.
     *
     * @param transports makes one transport for each loop, given the loop's name
     */
    public static RtpMediaPlane start(
            MediaSettings settings, TimeSource time, Function<String, DatagramTransport> transports) {
        RtpMediaPlane plane = new RtpMediaPlane(settings, time);
        for (int i = 0; i < settings.loops(); i++) {
            String name = "revox-media-" + i;
            DatagramTransport transport = transports.apply(name);
            MediaLoop loop = new MediaLoop(name, time, LoopWaiter.parking(time));
            VoiceActivityPanel voices = settings.voiceActivity().panel();
            loop.addPoller(transport::poll);
            loop.addPoller(voices::judgeDue);
            plane.lanes.add(new Lane(loop.start(), transport, voices));
        }
        return plane;
    }

    @Override
    public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
        return open(leastLoaded(), legId, listening, events);
    }

    @Override
    public MediaSession openBeside(
            String otherLegId, String legId, ListenSettings listening, Consumer<LegEvent> events) {
        Lane lane = sessions.stream()
                .filter(session -> session.legId().equals(otherLegId))
                .findFirst()
                .flatMap(session -> lanes.stream()
                        .filter(candidate -> session.isOn(candidate.loop()))
                        .findFirst())
                .orElseGet(this::leastLoaded);
        return open(lane, legId, listening, events);
    }

    private MediaSession open(Lane lane, String legId, ListenSettings listening, Consumer<LegEvent> events) {
        if (closed) {
            throw new RevoxException("the media plane has been closed; leg " + legId + " gets no ports", false);
        }
        MediaLoop loop = lane.loop();
        LegEventRelay relay = new LegEventRelay(loop.events(), events);
        InboundAudio ear = new InboundAudio(loop, time, listening, lane.voices(), relay);
        OutboundAudio mouth = new OutboundAudio(loop, time, relay);
        RtcpSession rtcp = new RtcpSession(random, time.instant(), time.nanoTime());
        SilenceLimit limit = new SilenceLimit(settings.noMediaAfterAnswer(), settings.noMediaMidCall(), relay);
        ToneWatch tones = new ToneWatch();
        ear.addTap(ToneWatch.TAP_ID, tones);
        DigitWays digits = new DigitWays(
                tones, settings.sounds().digitsInSoundToo(), settings.sounds().digitTiming());
        RtpWire wire = new RtpWire(new RtpSender(random), rtcp, relay, limit, digits);
        AudioLeg leg = new AudioLeg(wire, ear, mouth, relay, settings.sounds().suppressesEcho());
        int port = ports.take(evenPort -> bind(lane, wire, evenPort));
        RtpMediaSession session = new RtpMediaSession(
                new RtpMediaSession.Parts(
                        legId,
                        loop,
                        time,
                        wire,
                        ear,
                        mouth,
                        leg,
                        recordings,
                        new LegBackdrop(clips, mouth.mix(), loop),
                        settings.voiceActivity().name()),
                port,
                ended -> {
                    ports.release(port);
                    sessions.remove(ended);
                });
        sessions.add(session);
        loop.add(leg);
        return session;
    }

    private int bind(Lane lane, RtpWire wire, int evenPort) throws IOException {
        DatagramTransport transport = lane.transport();
        DatagramTransport.Socket rtp = transport.open(settings.bindAddress(), evenPort, wire::onRtpDatagram);
        try {
            wire.bind(rtp, transport.open(settings.bindAddress(), evenPort + 1, wire::onRtcpDatagram));
        } catch (IOException e) {
            lane.loop().execute(rtp::close);
            throw e;
        }
        return evenPort;
    }

    private Lane leastLoaded() {
        Lane best = lanes.getFirst();
        for (Lane lane : lanes) {
            if (lane.loop().memberCount() < best.loop().memberCount()) {
                best = lane;
            }
        }
        return best;
    }

    @Override
    public int openSessions() {
        return sessions.size();
    }

    /** Port pairs in use by legs. */
    public int portsInUse() {
        return ports.inUse();
    }

    /** How late the frames of all loops left against their moment on the grid. */
    public LatenessCounter lateness() {
        LatenessCounter sum = new LatenessCounter();
        for (Lane lane : lanes) {
            sum.add(lane.loop().lateness());
        }
        return sum;
    }

    /** Frame times that the loops gave up because they were held up. */
    @Override
    public long skippedFrames() {
        return lanes.stream().mapToLong(lane -> lane.loop().skippedFrames()).sum();
    }

    /** Ids of the media threads, for measurements. */
    public long[] loopThreadIds() {
        return lanes.stream().mapToLong(lane -> lane.loop().threadId()).toArray();
    }

    /** Closes all sessions, then the loops and their sockets, and waits for recordings to reach the disk. */
    @Override
    public void close() {
        closed = true;
        sessions.forEach(RtpMediaSession::close);
        for (Lane lane : lanes) {
            lane.loop().close();
            lane.transport().close();
            lane.voices().close();
        }
        recordings.close();
    }
}
