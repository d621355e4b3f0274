package dev.revox.sip.media;

import dev.revox.line.MediaReport;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Mouth;
import dev.revox.media.Segment;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.sdp.NegotiatedMedia;
import java.util.OptionalInt;

/** The media of a leg without sound: it hears nothing and says nothing. <b>Thread:</b> Immutable. */
public final class NoMediaSession implements MediaSession {

    private static final int RATE_HZ = 8_000;

    private final OptionalInt port;

    private NoMediaSession(OptionalInt port) {
        this.port = port;
    }

    /** Of a leg that got no port. */
    public NoMediaSession() {
        this(OptionalInt.empty());
    }

    /** Of a leg that names a port which nobody listens at. */
    public static NoMediaSession naming(int rtpPort) {
        return new NoMediaSession(OptionalInt.of(rtpPort));
    }

    @Override
    public int localRtpPort() {
        return port.orElseThrow(() -> new IllegalStateException("this leg has no media port"));
    }

    @Override
    public void apply(NegotiatedMedia negotiated) {}

    @Override
    public void answered() {}

    @Override
    public Ear openEar() {
        return new Ear() {
            @Override
            public int sampleRateHz() {
                return RATE_HZ;
            }

            @Override
            public int read(short[] into, int offset, EarFrame frame) {
                return -1;
            }

            @Override
            public long droppedSamples() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Mouth mouth() {
        return new Mouth() {
            @Override
            public void say(Segment segment, MediaFormat format, FrameSource frames) {}

            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void flush() {}
        };
    }

    @Override
    public void addTap(int tapId, EarTap tap) {}

    @Override
    public void startRecording(RecordingTarget target) {}

    @Override
    public void playBackground(AmbientSound sound) {}

    @Override
    public void playThinkingSound(AmbientSound sound) {}

    @Override
    public void endThinkingSound() {}

    @Override
    public void sendDtmf(String digits) {}

    @Override
    public MediaReport report() {
        return MediaReport.NONE;
    }

    @Override
    public void close() {}
}
