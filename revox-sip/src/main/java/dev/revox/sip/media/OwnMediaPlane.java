package dev.revox.sip.media;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The usual media plane: RTP over this machine's own sockets, with a voice activity model that it finds itself if none is given.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record OwnMediaPlane(Optional<VoiceActivityModel> voiceActivity, UnaryOperator<MediaSettings> change)
        implements MediaPlaneFactory {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.media");

    @Override
    public MediaPlane open(TimeSource time, InetAddress localAddress) {
        if (voiceActivity.isPresent()) {
            return RtpMediaPlane.start(settings(localAddress, voiceActivity.get()), time);
        }
        VoiceActivityModel found = VoiceActivity.best(ModelStore.usual());
        LOG.log(System.Logger.Level.INFO, "voice activity: {0}", found.reason());
        return new WithModel(RtpMediaPlane.start(settings(localAddress, found), time), found);
    }

    private MediaSettings settings(InetAddress localAddress, VoiceActivityModel model) {
        return change.apply(MediaSettings.defaults(localAddress, model));
    }

    /** A plane that closes its model after itself. */
    private record WithModel(MediaPlane plane, VoiceActivityModel model) implements MediaPlane {
        @Override
        public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
            return plane.open(legId, listening, events);
        }

        @Override
        public MediaSession openBeside(
                String otherLegId, String legId, ListenSettings listening, Consumer<LegEvent> events) {
            return plane.openBeside(otherLegId, legId, listening, events);
        }

        @Override
        public long skippedFrames() {
            return plane.skippedFrames();
        }

        @Override
        public int openSessions() {
            return plane.openSessions();
        }

        @Override
        public void close() {
            plane.close();
            model.close();
        }
    }
}
