package dev.revox.audio;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.media.FrameSource;
import dev.revox.media.PlayoutEvent;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One leg on a loop without threads, in virtual time. */
final class LegBench {

    static final int FRAME = 160;

    final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-05T10:00:00Z"));
    final MediaLoop loop = new MediaLoop("bench", time, deadline -> {});
    final MemoryWire wire = new MemoryWire();
    final List<LegEvent> events = new ArrayList<>();
    final InboundAudio ear;
    final OutboundAudio mouth;
    final AudioLeg leg;
    final FrameDecoder decoder = Codecs.decoder("PCMU");
    private final FrameEncoder encoder = Codecs.encoder("PCMU");
    private int sequence = 65_500;
    private long timestamp = 0xFFFF_FF00L;

    LegBench() {
        this(VoiceActivity.energy("test"));
    }

    LegBench(VoiceActivityModel model) {
        this(model, true);
    }

    LegBench(VoiceActivityModel model, boolean suppressesEcho) {
        LegEventRelay relay = new LegEventRelay(loop.events(), events::add);
        VoiceActivityPanel voices = model.panel();
        loop.addPoller(voices::judgeDue);
        ear = new InboundAudio(loop, time, ListenSettings.DEFAULT, voices, relay);
        mouth = new OutboundAudio(loop, time, relay);
        leg = new AudioLeg(wire, ear, mouth, relay, suppressesEcho);
        loop.add(leg);
        ear.codec("PCMU");
        mouth.codec("PCMU", 20);
        tick();
        wire.sent.clear();
    }

    void tick() {
        loop.tick(time.nanoTime());
        int unused = loop.dispatchEvents();
    }

    /** Lets the loop run on its grid. */
    void run(int ms) {
        for (int i = 0; i < ms; i++) {
            time.advance(Duration.ofMillis(1));
            tick();
        }
    }

    /** Lets one frame of 20 ms arrive, then 20 ms pass. */
    void hear(short[] pcm, int offset) {
        byte[] payload = new byte[FRAME];
        int bytes = encoder.encode(pcm, offset, FRAME, payload, 0);
        assert bytes == FRAME;
        wire.arrive(1, sequence, timestamp, payload);
        skipOnWire();
        run(20);
    }

    /** The peer describes its silence and sends nothing for so long. */
    void describeSilence(int ms, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        wire.arriveNoise(1, sequence, timestamp, bytes);
        sequence = (sequence + 1) & 0xFFFF;
        timestamp = (timestamp + 8L * ms) & 0xFFFF_FFFFL;
        run(ms);
    }

    /** A packet that never arrives. */
    void skipOnWire() {
        sequence = (sequence + 1) & 0xFFFF;
        timestamp = (timestamp + FRAME) & 0xFFFF_FFFFL;
    }

    /** Everything that was sent, decoded. */
    short[] sentSound() {
        short[] pcm = new short[wire.sent.size() * FRAME];
        for (int i = 0; i < wire.sent.size(); i++) {
            int unused = decoder.decode(wire.sent.get(i).payload(), 0, FRAME, pcm, i * FRAME);
        }
        return pcm;
    }

    List<PlayoutEvent> playout() {
        return events.stream()
                .filter(LegEvent.Playout.class::isInstance)
                .map(event -> ((LegEvent.Playout) event).event())
                .toList();
    }

    /** A source with so many samples of one value. */
    static FrameSource constant(int samples, int value) {
        return new FrameSource() {
            private int left = samples;

            @Override
            public int read(short[] into, int offset, int maxSamples) {
                if (left == 0) {
                    return -1;
                }
                int count = Math.min(left, maxSamples);
                java.util.Arrays.fill(into, offset, offset + count, (short) value);
                left -= count;
                return count;
            }
        };
    }
}
