package dev.revox.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.revox.RevoxException;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.wav.WavFile;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.transport.DatagramTransport;
import dev.revox.time.SystemTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two legs talk over real sockets. */
final class MediaPlaneLoopbackIT {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static MediaSettings settings(DatagramTransport.Kind kind) {
        return MediaSettings.defaults(HERE, VoiceActivity.energy("test"))
                .withPorts(28_000, 28_399)
                .withLoops(2)
                .withTransport(kind);
    }

    private static NegotiatedMedia to(MediaSession peer, String codec) {
        boolean opus = codec.equals("opus");
        return new NegotiatedMedia(
                codec,
                opus ? 96 : 0,
                opus ? 96 : 0,
                opus ? 48_000 : 8000,
                Map.of(),
                OptionalInt.of(101),
                OptionalInt.of(101),
                opus ? 48_000 : 8000,
                20,
                new InetSocketAddress(HERE, peer.localRtpPort()),
                new InetSocketAddress(HERE, peer.localRtpPort() + 1),
                false,
                true,
                true);
    }

    private static FrameSource tone(int samples, int rateHz) {
        return new FrameSource() {
            private int at;

            @Override
            public int read(short[] into, int offset, int maxSamples) {
                if (at == samples) {
                    return -1;
                }
                int count = Math.min(samples - at, maxSamples);
                for (int i = 0; i < count; i++) {
                    into[offset + i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * at++ / rateHz));
                }
                return count;
            }
        };
    }

    private static int loudSamples(Ear ear) {
        short[] pcm = new short[4800];
        int loud = 0;
        int got = ear.read(pcm, 0, new EarFrame());
        while (got > 0) {
            for (int i = 0; i < got; i++) {
                loud += Math.abs(pcm[i]) > 500 ? 1 : 0;
            }
            got = ear.read(pcm, 0, new EarFrame());
        }
        return loud;
    }

    /** The loudness of what an ear has heard since it was last asked. */
    private static double rms(Ear ear) {
        short[] pcm = new short[4800];
        double sum = 0;
        int samples = 0;
        for (int got = ear.read(pcm, 0, new EarFrame()); got > 0; got = ear.read(pcm, 0, new EarFrame())) {
            for (int i = 0; i < got; i++) {
                sum += (double) pcm[i] * pcm[i];
            }
            samples += got;
        }
        return samples == 0 ? -1 : Math.sqrt(sum / samples);
    }

    @Test
    void the_other_side_hears_a_background_and_the_sound_of_thinking_until_speech_begins() {
        List<LegEvent> oneHears = new CopyOnWriteArrayList<>();
        List<LegEvent> otherHears = new CopyOnWriteArrayList<>();
        try (SystemTime time = SystemTime.start();
                RtpMediaPlane plane = RtpMediaPlane.start(settings(DatagramTransport.Kind.JDK), time)) {
            MediaSession one = plane.open("one", ListenSettings.DEFAULT, oneHears::add);
            MediaSession other = plane.open("other", ListenSettings.DEFAULT, otherHears::add);
            one.apply(to(other, "PCMU"));
            other.apply(to(one, "PCMU"));
            one.answered();
            other.answered();
            Ear oneEar = one.openEar();
            Ear otherEar = other.openEar();

            one.playThinkingSound(new AmbientSound("hold_music.ogg", 0.8));
            await().atMost(Duration.ofSeconds(10)).until(() -> rms(otherEar) > 300);
            one.mouth().say(Segment.of(1), MediaFormat.pcm(8000), new FrameSource() {
                private int left = 4000;

                @Override
                public int read(short[] into, int offset, int maxSamples) {
                    int count = Math.min(left, maxSamples);
                    java.util.Arrays.fill(into, offset, offset + count, (short) 0);
                    left -= count;
                    return count == 0 ? -1 : count;
                }
            });
            await().atMost(Duration.ofSeconds(5)).until(() -> oneHears.stream().anyMatch(e -> finished(e, 500_000)));
            // Half a second of speech that was silence: the music ended with its first frame and does not come back.
            await().atMost(Duration.ofSeconds(5)).until(() -> rms(otherEar) == 0);

            one.playBackground(new AmbientSound("audio/office.ogg", 1));
            await().atMost(Duration.ofSeconds(10)).until(() -> rms(otherEar) > 1000);
            assertThat(rms(oneEar)).isZero();
            one.playBackground(new AmbientSound("no-such-clip.ogg", 1));
            await().atMost(Duration.ofSeconds(10)).until(() -> rms(otherEar) > 1000);
            one.close();
            other.close();
        }
    }

    @ParameterizedTest
    @EnumSource(DatagramTransport.Kind.class)
    void sound_and_digits_pass_both_ways_and_ports_come_back(DatagramTransport.Kind kind, @TempDir Path folder) {
        for (String codec : List.of("PCMU", "opus")) {
            pass(kind, codec, folder.resolve(codec + ".wav"));
        }
    }

    private static void pass(DatagramTransport.Kind kind, String codec, Path recording) {
        List<LegEvent> oneHears = new CopyOnWriteArrayList<>();
        List<LegEvent> otherHears = new CopyOnWriteArrayList<>();
        try (SystemTime time = SystemTime.start();
                RtpMediaPlane plane = RtpMediaPlane.start(settings(kind), time)) {
            MediaSession one = plane.open("one", ListenSettings.DEFAULT, oneHears::add);
            MediaSession other = plane.open("other", ListenSettings.DEFAULT, otherHears::add);
            assertThat(one.localRtpPort()).isEven();
            one.apply(to(other, codec));
            other.apply(to(one, codec));
            one.answered();
            other.answered();
            Ear oneEar = one.openEar();
            Ear otherEar = other.openEar();
            one.startRecording(RecordingTarget.wav(recording));
            one.mouth().say(Segment.of(1), MediaFormat.pcm(24_000), tone(24_000, 24_000));
            other.mouth().say(Segment.of(1), MediaFormat.pcm(16_000), tone(8000, 16_000));
            one.sendDtmf("7*");

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(oneHears).anyMatch(event -> finished(event, 1_000_000));
                assertThat(otherHears).anyMatch(event -> finished(event, 500_000));
                assertThat(otherHears)
                        .filteredOn(LegEvent.DtmfReceived.class::isInstance)
                        .hasSize(2);
            });
            assertThat(loudSamples(oneEar)).isGreaterThan(oneEar.sampleRateHz() * 4 / 10);
            assertThat(loudSamples(otherEar)).isGreaterThan(otherEar.sampleRateHz() * 8 / 10);
            assertThat(one.report().packetsReceived()).isGreaterThan(20);
            assertThat(one.report().packetsLost()).isZero();
            assertThat(one.report().codec()).isEqualTo(codec);
            assertThat(one.report().voiceActivity()).isEqualTo("energy");
            one.close();
            one.close();
            other.close();
            await().atMost(Duration.ofSeconds(5)).until(() -> plane.portsInUse() == 0);
        }
        WavFile wav = WavFile.read(recording);
        assertThat(wav.channels()).isEqualTo(2);
        assertThat(loud(wav.samples()[0])).isGreaterThan(wav.sampleRateHz() * 4 / 10);
        assertThat(loud(wav.samples()[1])).isGreaterThan(wav.sampleRateHz() * 8 / 10);
    }

    private static boolean finished(LegEvent event, long micros) {
        return event instanceof LegEvent.Playout playout
                && playout.event() instanceof PlayoutEvent.Finished finished
                && finished.playedMicros() == micros;
    }

    private static int loud(short[] pcm) {
        int loud = 0;
        for (short sample : pcm) {
            loud += Math.abs(sample) > 500 ? 1 : 0;
        }
        return loud;
    }

    @Test
    void an_exhausted_range_refuses_with_a_retryable_exception_and_serves_again_after_a_close() {
        try (SystemTime time = SystemTime.start();
                RtpMediaPlane plane =
                        RtpMediaPlane.start(settings(DatagramTransport.Kind.JDK).withPorts(28_400, 28_403), time)) {
            MediaSession first = plane.open("1", ListenSettings.DEFAULT, event -> {});
            MediaSession second = plane.open("2", ListenSettings.DEFAULT, event -> {});
            assertThatThrownBy(() -> plane.open("3", ListenSettings.DEFAULT, event -> {}))
                    .isInstanceOfSatisfying(
                            RevoxException.class,
                            refusal -> assertThat(refusal.retryable()).isTrue());
            assertThat(plane.openSessions()).isEqualTo(2);
            first.close();
            await().atMost(Duration.ofSeconds(5)).until(() -> plane.portsInUse() == 1 && plane.openSessions() == 1);
            assertThat(plane.open("3", ListenSettings.DEFAULT, event -> {}).localRtpPort())
                    .isNotEqualTo(second.localRtpPort());
        }
    }

    @ParameterizedTest
    @EnumSource(DatagramTransport.Kind.class)
    void thousands_of_legs_leave_no_port_behind(DatagramTransport.Kind kind) {
        try (SystemTime time = SystemTime.start();
                RtpMediaPlane plane = RtpMediaPlane.start(settings(kind).withPorts(28_500, 28_539), time)) {
            int opened = 0;
            List<MediaSession> open = new ArrayList<>();
            while (opened < 2000) {
                for (int i = 0; i < 10; i++) {
                    open.add(plane.open("leg", ListenSettings.DEFAULT, event -> {}));
                    opened++;
                }
                open.get(0).apply(to(open.get(1), "PCMU"));
                open.forEach(MediaSession::close);
                open.clear();
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> plane.portsInUse() == 0 && plane.openSessions() == 0);
            }
        }
    }
}
