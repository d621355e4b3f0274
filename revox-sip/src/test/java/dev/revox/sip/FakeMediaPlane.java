package dev.revox.sip;

import dev.revox.RevoxException;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A media plane without media: it remembers what signalling told it. */
public final class FakeMediaPlane implements MediaPlane {

    final List<Session> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger notFreedYet = new AtomicInteger();
    final AtomicBoolean full = new AtomicBoolean();
    final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger nextPort = new AtomicInteger(40_000);

    @Override
    public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
        if (full.get()) {
            throw new RevoxException("no free media port", true);
        }
        Session session = new Session(nextPort.getAndAdd(2), events);
        sessions.add(session);
        return session;
    }

    Session last() {
        return sessions.get(sessions.size() - 1);
    }

    @Override
    public int openSessions() {
        return notFreedYet.get();
    }

    @Override
    public void close() {
        closed.set(true);
    }

    public static final class Session implements MediaSession {

        final List<NegotiatedMedia> applied = new CopyOnWriteArrayList<>();
        final AtomicBoolean answered = new AtomicBoolean();
        final AtomicBoolean closed = new AtomicBoolean();
        final Consumer<LegEvent> events;
        private final int port;
        private final NoMediaSession nothing = new NoMediaSession();

        public Session(int port, Consumer<LegEvent> events) {
            this.port = port;
            this.events = events;
        }

        @Override
        public int localRtpPort() {
            return port;
        }

        @Override
        public void apply(NegotiatedMedia negotiated) {
            applied.add(negotiated);
        }

        @Override
        public void answered() {
            answered.set(true);
        }

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
        public void close() {
            closed.set(true);
        }
    }
}
