package dev.revox.bench.calls;

import dev.revox.audio.vad.VoiceActivity;
import dev.revox.line.CallLeg;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEvent;
import dev.revox.media.Segment;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.media.MediaSettings;
import dev.revox.sip.media.RtpMediaPlane;
import dev.revox.time.SystemTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Everybody who is called: a second line in the same JVM that answers every call at once and speaks until it is over.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class CalledPeople implements AutoCloseable {

    private static final int FIRST_PORT = 40_000;
    private static final int LAST_PORT = 49_999;
    /** People do not speak in chorus. */
    private static final int APART_SAMPLES = 4001;

    private final Speech speech;
    private final CompletableFuture<WatchedPlane> plane = new CompletableFuture<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final SipCallLine line;

    CalledPeople(Speech speech, SystemTime time) {
        this.speech = speech;
        line = SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1").name("callers").allowInboundFrom("127.0.0.0/8"))
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                .media((clock, address) -> {
                    MediaSettings settings = MediaSettings.defaults(
                                    address, VoiceActivity.energy("people need no detector"))
                            .withPorts(FIRST_PORT, LAST_PORT);
                    WatchedPlane opened = WatchedPlane.of(RtpMediaPlane.start(settings, clock));
                    plane.complete(opened);
                    return opened;
                })
                .build();
        line.onIncoming(this::ring);
        line.start(time);
    }

    private Optional<Consumer<LegEvent>> ring(IncomingCall call, CallLeg leg) {
        leg.answer();
        return Optional.of(event -> {
            if (event instanceof LegEvent.Answered) {
                int person = answered.getAndIncrement();
                leg.mouth().say(Segment.of(1), speech.format(), speech.endless(person * APART_SAMPLES));
            }
        });
    }

    int sipPort() {
        return line.sipPort();
    }

    WatchedPlane plane() {
        return plane.join();
    }

    @Override
    public void close() {
        line.close();
    }
}
