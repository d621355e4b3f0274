package dev.revox.bench.rate.side;

import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.sip.media.MediaPlane;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.NoMediaSession;
import java.util.function.Consumer;

/** No sockets and no loop: what is left of a call is its signalling. <b>Thread:</b> Thread-safe. */
final class SignallingPlane implements MediaPlane {

    /** Port 9 throws everything away (RFC 863). */
    private static final int DISCARD = 9;

    @Override
    public MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events) {
        return NoMediaSession.naming(DISCARD);
    }

    @Override
    public void close() {}
}
