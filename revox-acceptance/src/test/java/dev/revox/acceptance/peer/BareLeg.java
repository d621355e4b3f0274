package dev.revox.acceptance.peer;

import dev.revox.acceptance.world.Eventually;
import dev.revox.line.CallLeg;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEvent;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.testkit.voice.Sound;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A leg of a real line without an engine on it, and what it told. */
final class BareLeg implements Consumer<LegEvent> {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong segments = new AtomicLong();
    private volatile Optional<CallLeg> leg = Optional.empty();
    private volatile Optional<IncomingCall> call = Optional.empty();

    /** Takes its leg, once. */
    BareLeg of(CallLeg its) {
        leg = Optional.of(its);
        return this;
    }

    BareLeg of(CallLeg its, IncomingCall described) {
        call = Optional.of(described);
        return of(its);
    }

    CallLeg leg() {
        return leg.orElseThrow();
    }

    /** How an incoming call was described. */
    IncomingCall call() {
        return call.orElseThrow();
    }

    @Override
    public void accept(LegEvent event) {
        events.add(event);
    }

    /** The first event of a kind, waited for. */
    <T extends LegEvent> T told(Class<T> type) {
        return told(type, event -> true);
    }

    <T extends LegEvent> T told(Class<T> type, Predicate<T> which) {
        Eventually.until(
                PATIENCE,
                () -> found(type, which).isPresent(),
                () -> type.getSimpleName() + "; told so far: " + events);
        return found(type, which).orElseThrow();
    }

    private <T extends LegEvent> Optional<T> found(Class<T> type, Predicate<T> which) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .findFirst();
    }

    /** The digits that came in so far. */
    String digits() {
        StringBuilder digits = new StringBuilder();
        for (LegEvent event : events) {
            if (event instanceof LegEvent.DtmfReceived press) {
                digits.append(press.digit());
            }
        }
        return digits.toString();
    }

    /** Says something, behind what is still to be said. */
    void says(Sound sound) {
        leg().mouth().say(Segment.of(segments.incrementAndGet()), MediaFormat.pcm(sound.rateHz()), new Once(sound));
    }

    /** Hangs up and waits until that is over. */
    void hangUp() {
        leg().hangUp();
        LegEvent.Ended unused = told(LegEvent.Ended.class);
    }

    /** Sound that is read from its beginning to its end. */
    private static final class Once implements FrameSource {
        private final short[] pcm;
        private int at;

        Once(Sound sound) {
            this.pcm = sound.pcm();
        }

        @Override
        public int read(short[] into, int offset, int maxSamples) {
            int samples = Math.min(maxSamples, pcm.length - at);
            if (samples == 0) {
                return -1;
            }
            System.arraycopy(pcm, at, into, offset, samples);
            at += samples;
            return samples;
        }
    }
}
