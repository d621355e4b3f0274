package dev.revox.bench.rate.side;

import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.line.MediaReport;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.media.MediaPlane;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.NoMediaSession;
import dev.revox.sip.sdp.NegotiatedMedia;
import java.util.function.Consumer;

/** No sockets and no loop: what is left of a call is its signalling. <b>Thread:</b> Thread-safe. */
final class SignallingPlane implements MediaPlane {

    /** Port 9 throws everything away (RFC 863). */
    private record Silence(MediaSession nothing) implements MediaSession {
        @Override
        public int localRtpPort() {
            return 9;
        }

        @Override
        public void apply(NegotiatedMedia negotiated) {}

        @Override
        public void answered() {}

        @Override
        public Ear openEar() {
            return nothing.openEar();
        }

        @Override
        public Mouth mouth() {
            return nothing.mouth();
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

    @Override
    public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
        return new Silence(new NoMediaSession());
    }

    @Override
    public void close() {}
}
