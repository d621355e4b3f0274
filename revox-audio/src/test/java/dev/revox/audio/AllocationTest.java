package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.line.ListenSettings;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class AllocationTest {

    /** One byte array in, nothing kept: the wire must not be what is measured. */
    private static final class QuietWire implements FrameTransport {
        final byte[] payload = new byte[160];
        int sequence;
        long timestamp;
        long framesOut;
        boolean arrived;

        @Override
        public void poll(long nowNanos, Inlet inlet) {
            if (arrived) {
                arrived = false;
                inlet.onFrame(1, sequence, timestamp, payload, 0, payload.length, nowNanos);
            }
        }

        @Override
        public boolean takesVoice() {
            return true;
        }

        @Override
        public void send(byte[] encoded, int offset, int length, long nowNanos) {
            framesOut++;
        }

        @Override
        public void pass(int frames, long nowNanos) {}
    }

    private static final class StepTime implements TimeSource {
        long nowNanos;

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public Alarm schedule(Duration delay, Runnable action) {
            throw new UnsupportedOperationException("nothing here waits");
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    }

    private static void emitSometimes(long sampleTime, EarTap.Sink sink) {
        if (sampleTime % 1600 == 0) {
            sink.emit(1, sampleTime);
        }
    }

    @Test
    void fifty_thousand_frames_heard_judged_spoken_and_sent_allocate_nothing() {
        StepTime time = new StepTime();
        MediaLoop loop = new MediaLoop("test", time, deadline -> {});
        LegEventRelay relay = new LegEventRelay(loop.events(), event -> {});
        InboundAudio inbound = new InboundAudio(
                loop, time, ListenSettings.DEFAULT, VoiceActivity.energy("test").panel(), relay);
        OutboundAudio mouth = new OutboundAudio(loop, time, relay);
        QuietWire wire = new QuietWire();
        loop.add(new AudioLeg(wire, inbound, mouth, relay));
        inbound.codec("PCMU");
        mouth.codec("PCMU", 20);
        inbound.answered();
        Ear ear = inbound.openEar();
        mouth.say(Segment.of(1), MediaFormat.pcm(24_000), (into, offset, max) -> max);
        inbound.addTap(1, (pcm, offset, samples, rate, sampleTime, flags, sink) -> emitSometimes(sampleTime, sink));
        loop.tick(0);

        // Events become objects on the dispatcher's thread, which is not the one that is measured.
        Thread dispatcher = Thread.ofPlatform().daemon().unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                int unused = loop.dispatchEvents();
                LockSupport.park();
            }
        });
        dispatcher.start();

        short[] voice = Speech.vowel(8000, 8000, 120, 6000);
        FrameEncoder encoder = Codecs.encoder("PCMU");
        short[] heard = new short[480];
        EarFrame frame = new EarFrame();
        long[] round = {0};
        long bytes = Allocation.ofRounds(50_000, () -> {
            long number = round[0]++;
            boolean speaking = number / 50 % 2 == 0;
            if (speaking) {
                int unused = encoder.encode(voice, (int) (number % 50) * 160, 160, wire.payload, 0);
            } else {
                java.util.Arrays.fill(wire.payload, (byte) 0xFF);
            }
            // Every fiftieth packet is lost, so that concealment is measured as well.
            wire.arrived = number % 50 != 7;
            wire.sequence = (wire.sequence + 1) & 0xFFFF;
            wire.timestamp = (wire.timestamp + 160) & 0xFFFF_FFFFL;
            for (int ms = 0; ms < 20; ms++) {
                time.nowNanos += 1_000_000;
                loop.tick(time.nowNanos);
            }
            while (ear.read(heard, 0, frame) > 0) {}
            LockSupport.unpark(dispatcher);
        });
        dispatcher.interrupt();

        assertThat(bytes).isZero();
        assertThat(wire.framesOut).isGreaterThanOrEqualTo(50_000);
        assertThat(ear.droppedSamples()).isZero();
        assertThat(inbound.concealedFrames()).isGreaterThanOrEqualTo(900);
    }
}
