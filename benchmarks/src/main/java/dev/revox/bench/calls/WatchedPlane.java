package dev.revox.bench.calls;

import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.line.MediaReport;
import dev.revox.sip.media.MediaPlane;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.RtpMediaPlane;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A line's media plane that remembers the sessions it opened, so that their counters can be read at any time.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
record WatchedPlane(RtpMediaPlane rtp, List<MediaSession> sessions) implements MediaPlane {

    static WatchedPlane of(RtpMediaPlane rtp) {
        return new WatchedPlane(rtp, new CopyOnWriteArrayList<>());
    }

    @Override
    public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
        MediaSession session = rtp.open(legId, listening, events);
        sessions.add(session);
        return session;
    }

    /** A counter's sum over all sessions, those included that are over. */
    long sum(ToLongFunction<MediaReport> counter) {
        return sessions.stream().map(MediaSession::report).mapToLong(counter).sum();
    }

    @Override
    public int openSessions() {
        return rtp.openSessions();
    }

    @Override
    public void close() {
        rtp.close();
    }
}
