package dev.revox.sip.media;

import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.codec.G711;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.tone.ToneWatch;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.sip.event.DigitTiming;
import dev.revox.sip.event.DigitWays;
import dev.revox.sip.media.wire.RtpWire;
import dev.revox.sip.media.wire.SilenceLimit;
import dev.revox.sip.rtcp.RtcpSession;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.srtp.SrtpSession;
import dev.revox.sip.transport.DatagramTransport;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One RTP leg on a loop without threads and sockets, in virtual time. */
final class WireBench {

    static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    static final InetSocketAddress STRANGER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Datagram(byte[] bytes, InetSocketAddress target) {
        RtpPacketView rtp() {
            RtpPacketView view = new RtpPacketView();
            assert view.wrap(bytes, 0, bytes.length);
            return view;
        }
    }

    static final class MemorySocket implements DatagramTransport.Socket {
        final List<Datagram> sent = new ArrayList<>();
        boolean closed;
        boolean forget;

        @Override
        public void send(byte[] bytes, int offset, int length, InetSocketAddress target) {
            if (forget) {
                return;
            }
            byte[] copy = new byte[length];
            System.arraycopy(bytes, offset, copy, 0, length);
            sent.add(new Datagram(copy, target));
        }

        @Override
        public long failedSends() {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    final ManualTime time;
    final MediaLoop loop;
    final List<LegEvent> events = new ArrayList<>();
    final MemorySocket rtp = new MemorySocket();
    final MemorySocket rtcp = new MemorySocket();
    final RtpWire wire;
    final InboundAudio ear;
    final OutboundAudio mouth;
    private final RtpSender peer = new RtpSender(0x7777, 65_000, 0xFFFF_0000L);
    private final byte[] packet = new byte[1600];
    private @Nullable SrtpSession encryption;

    WireBench() {
        this(false);
    }

    WireBench(boolean digitsInSoundToo) {
        this(digitsInSoundToo, ManualTime.startingAt(Instant.parse("2026-01-05T10:00:00Z")));
    }

    private WireBench(boolean digitsInSoundToo, ManualTime time) {
        this(digitsInSoundToo, time, new MediaLoop("bench", time, deadline -> {}));
    }

    /** Another leg on the loop of this one. */
    WireBench beside() {
        return new WireBench(false, time, loop);
    }

    private WireBench(boolean digitsInSoundToo, ManualTime time, MediaLoop loop) {
        this.time = time;
        this.loop = loop;
        LegEventRelay relay = new LegEventRelay(loop.events(), events::add);
        ToneWatch tones = new ToneWatch();
        SilenceLimit limit = new SilenceLimit(Duration.ofSeconds(30), Duration.ofSeconds(15), relay);
        wire = new RtpWire(
                new RtpSender(0x1234, 65_530, 0xFFFF_FF00L),
                new RtcpSession(new Random(1), time.instant(), time.nanoTime()),
                relay,
                limit,
                new DigitWays(tones, digitsInSoundToo, DigitTiming.DEFAULT));
        wire.bind(rtp, rtcp);
        ear = new InboundAudio(
                loop, time, ListenSettings.DEFAULT, VoiceActivity.energy("test").panel(), relay);
        mouth = new OutboundAudio(loop, time, relay);
        ear.addTap(ToneWatch.TAP_ID, tones);
        loop.add(new AudioLeg(wire, ear, mouth, relay));
    }

    static NegotiatedMedia pcmu(boolean sending, boolean receiving) {
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
                PEER,
                new InetSocketAddress(PEER.getAddress(), PEER.getPort() + 1),
                false,
                sending,
                receiving);
    }

    static NegotiatedMedia pcmuWithoutEvents() {
        NegotiatedMedia with = pcmu(true, true);
        return new NegotiatedMedia(
                with.encodingName(),
                with.payloadType(),
                with.receivePayloadType(),
                with.clockRateHz(),
                with.formatParameters(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                with.telephoneEventClockRateHz(),
                with.packetTimeMs(),
                with.remoteRtp(),
                with.remoteRtcp(),
                with.rtcpMux(),
                true,
                true);
    }

    static NegotiatedMedia encrypted(SrtpKeys keys) {
        NegotiatedMedia plain = pcmu(true, true);
        return new NegotiatedMedia(
                plain.encodingName(),
                plain.payloadType(),
                plain.receivePayloadType(),
                plain.clockRateHz(),
                plain.formatParameters(),
                plain.telephoneEventPayloadType(),
                plain.receiveTelephoneEventPayloadType(),
                plain.telephoneEventClockRateHz(),
                plain.packetTimeMs(),
                plain.remoteRtp(),
                plain.remoteRtcp(),
                plain.rtcpMux(),
                true,
                true,
                Optional.of(keys));
    }

    void start() {
        start(pcmu(true, true));
    }

    static NegotiatedMedia opus(String... usedtx) {
        NegotiatedMedia narrow = pcmu(true, true);
        return new NegotiatedMedia(
                "opus",
                96,
                96,
                48_000,
                usedtx.length == 0 ? Map.of() : Map.of("usedtx", usedtx[0]),
                narrow.telephoneEventPayloadType(),
                narrow.receiveTelephoneEventPayloadType(),
                48_000,
                20,
                narrow.remoteRtp(),
                narrow.remoteRtcp(),
                false,
                true,
                true);
    }

    void start(NegotiatedMedia media) {
        ear.codec(media.encodingName());
        mouth.codec(media.encodingName(), 20, media.discontinuous());
        apply(media);
        ear.answered();
        loop.execute(() -> wire.answered(time.nanoTime()));
        tick();
        rtp.sent.clear();
    }

    void apply(NegotiatedMedia media) {
        encryption = media.srtp()
                .map(keys -> encryption != null && encryption.keys().equals(keys) ? encryption : new SrtpSession(keys))
                .orElse(null);
        SrtpSession applied = encryption;
        loop.execute(() -> wire.apply(media, applied, 20, ear, time.nanoTime()));
    }

    void tick() {
        loop.tick(time.nanoTime());
        int unused = loop.dispatchEvents();
    }

    void run(int ms) {
        for (int i = 0; i < ms; i++) {
            time.advance(Duration.ofMillis(1));
            tick();
        }
    }

    /** The peer sends a frame of sound, then 20 ms pass. */
    void peerSpeaks(short[] pcm, int offset) {
        byte[] payload = new byte[160];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = G711.ULAW.encode(pcm[offset + i]);
        }
        int length = peer.writeAudio(packet, 0, payload, 0, 160);
        peer.advance(160);
        wire.onRtpDatagram(packet, 0, length, PEER, time.nanoTime());
        run(20);
    }

    /** The peer loses a frame. */
    void peerLosesFrame() {
        int unused = peer.writeAudio(packet, 0, new byte[160], 0, 160);
        peer.advance(160);
    }

    /** The peer sends a frame of sound without waiting. */
    void peerSends(byte[] payload) {
        peerSends(0, payload);
    }

    void peerSends(int payloadType, byte[] payload) {
        int length = peer.writeAudio(packet, payloadType, payload, 0, payload.length);
        peer.advance(160);
        wire.onRtpDatagram(packet, 0, length, PEER, time.nanoTime());
    }

    /** The peer presses a key for 100 ms. */
    void peerPresses(char digit) {
        for (int i = 1; i <= 7; i++) {
            byte[] event = {(byte) (digit - '0'), (byte) (i >= 5 ? 0x8A : 0x0A), 0, 0};
            int duration = Math.min(i, 5) * 160;
            event[2] = (byte) (duration >> 8);
            event[3] = (byte) duration;
            int length = peer.writeEvent(packet, 101, i == 1, peer.timestamp(), event, 4);
            wire.onRtpDatagram(packet, 0, length, PEER, time.nanoTime());
            run(20);
        }
        peer.advance(800);
    }

    /** The peer sends a frame whose samples all have one µ-law value, then 20 ms pass. */
    void peerSpeaks(int value) {
        byte[] payload = new byte[160];
        java.util.Arrays.fill(payload, (byte) value);
        int length = peer.writeAudio(packet, 0, payload, 0, 160);
        peer.advance(160);
        wire.onRtpDatagram(packet, 0, length, PEER, time.nanoTime());
        run(20);
    }

    /** The peer sends comfort noise of this level and falls silent. */
    void peerDescribesSilence(int level) {
        int length = peer.writeAudio(packet, 13, new byte[] {(byte) level}, 0, 1);
        wire.onRtpDatagram(packet, 0, length, PEER, time.nanoTime());
    }

    /** The peer sends an RTCP report; its clock of sound goes on by a second. */
    void peerReports() {
        byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0x77, 0x77};
        peer.advance(8000);
        wire.onRtcpDatagram(report, 0, report.length, PEER, time.nanoTime());
    }

    void arrive(Datagram datagram, InetSocketAddress source) {
        wire.onRtpDatagram(datagram.bytes(), 0, datagram.bytes().length, source, time.nanoTime());
    }
}
