package dev.revox.telemetry.micrometer;

import dev.revox.attempt.CallAttempt;
import dev.revox.event.CallEvent;
import dev.revox.event.CallListener;
import dev.revox.line.MediaReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Calls as Micrometer metrics.
 *
 * <p>No tag has a telephone number, an id, a tenant or anything that was said: tags are outcomes, stages, codecs and the names of
 * tools, providers and models, of each of which at most a hundred are kept apart.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CallMetrics implements CallListener {

    private static final String NONE = "none";

    /** Less echo than this in a call is chance. */
    private static final long LEAST_ECHO_MS = 1000;

    private record Live(String direction, Instant since, boolean talking, Instant answeredAt, String codec) {

        static Live dialling(String direction, Instant at) {
            return new Live(direction, at, false, at, "");
        }

        Live answered(Instant at, String agreedCodec) {
            return new Live(direction, since, true, at, agreedCodec);
        }
    }

    private final Meters meters;
    private final TalkMeters talk;
    private final FewValues codecs = new FewValues(20);
    private final ConcurrentMap<String, Live> live = new ConcurrentHashMap<>();

    private CallMetrics(Meters meters) {
        this.meters = meters;
        talk = new TalkMeters(meters);
        gauge("dialling", false);
        gauge("talking", true);
    }

    /** With the percentiles 50, 95 and 99 of every wait, worked out in this process. */
    public static CallMetrics of(MeterRegistry registry) {
        return builder(registry).build();
    }

    public static Builder builder(MeterRegistry registry) {
        return new Builder(registry);
    }

    @Override
    public void onEvent(CallEvent event) {
        switch (event) {
            case CallEvent.Placed placed -> meters.count("revox.orders.placed", "Orders accepted");
            case CallEvent.Planned planned -> {}
            case CallEvent.Dialling dialling ->
                live.put(dialling.attemptId(), Live.dialling("outbound", dialling.at()));
            case CallEvent.Arrived arrived -> live.put(arrived.attemptId(), Live.dialling("inbound", arrived.at()));
            case CallEvent.Ringing ringing -> {}
            case CallEvent.EarlyMedia early -> {}
            case CallEvent.Answered answered ->
                live.computeIfPresent(
                        answered.attemptId(), (id, was) -> was.answered(answered.at(), codecs.of(answered.codec())));
            case CallEvent.InConversation talking -> talk.on(talking.notice());
            case CallEvent.AttemptEnded ended -> ended(ended);
            case CallEvent.Settled settled ->
                meters.count(
                        "revox.orders.settled",
                        "Orders that are final",
                        "status",
                        settled.status().wireName());
            case CallEvent.Analysed analysed -> meters.count("revox.analyses", "Calls whose outcome was looked for");
            case CallEvent.Reported reported -> {}
        }
    }

    private void ended(CallEvent.AttemptEnded ended) {
        CallAttempt attempt = ended.attempt();
        // An attempt of an engine that was lost is closed by another one, which has not seen it begin.
        Live was = live.remove(attempt.id());
        String direction = was == null ? "unseen" : was.direction();
        meters.count(
                "revox.attempts",
                "Calls that are over",
                "direction",
                direction,
                "status",
                attempt.status().wireName(),
                "result",
                attempt.result().map(result -> result.wireName()).orElse(NONE),
                "dial_error",
                attempt.dialError().map(error -> error.wireName()).orElse(NONE),
                "ended_by",
                attempt.endedBy().map(by -> by.wireName()).orElse(NONE),
                "end_reason",
                attempt.endReason().map(reason -> reason.wireName()).orElse(NONE));
        if (was == null) {
            return;
        }
        Instant rangUntil = was.talking() ? was.answeredAt() : ended.at();
        meters.time(
                "revox.attempt.ringing",
                "From the INVITE to the answer, or to giving up",
                Duration.between(was.since(), rangUntil),
                "direction",
                direction,
                "answered",
                String.valueOf(was.talking()));
        if (was.talking()) {
            meters.time(
                    "revox.call.duration",
                    "From the answer to the end",
                    Duration.between(was.answeredAt(), ended.at()),
                    "direction",
                    direction);
            media(ended.media(), was.codec());
        }
    }

    private void media(MediaReport media, String codec) {
        if (media.packetsReceived() == 0) {
            meters.count("revox.media.deaf", "Answered calls in which no packet came in", "codec", codec);
            return;
        }
        if (media.echo().suppressedMs() >= LEAST_ECHO_MS) {
            meters.count("revox.media.echo", "Answered calls in which our own voice came back", "codec", codec);
        }
        MediaReport.Quality quality = media.quality();
        meters.value(
                "revox.media.loss", "Share of packets that never came, 0 to 1", quality.lossRate(), "codec", codec);
        meters.value(
                "revox.media.discard",
                "Share of packets that came too late, 0 to 1",
                quality.discardRate(),
                "codec",
                codec);
        meters.value(
                "revox.media.mos",
                "Mean opinion score of what was heard, 1 to 4.5",
                quality.mosConversational(),
                "codec",
                codec);
        meters.wait(
                "revox.media.jitter",
                "Interarrival jitter at the end of a call",
                Duration.ofNanos(media.jitterMicros() * 1000),
                "codec",
                codec);
        if (quality.roundTripMicros() >= 0) {
            meters.wait(
                    "revox.media.roundtrip",
                    "Round trip between both RTP systems",
                    Duration.ofNanos(quality.roundTripMicros() * 1000),
                    "codec",
                    codec);
        }
    }

    private void gauge(String state, boolean talking) {
        Gauge.builder(
                        "revox.calls.live",
                        live,
                        calls -> calls.values().stream()
                                .filter(one -> one.talking() == talking)
                                .count())
                .description("Calls that this engine is in now")
                .tag("state", state)
                .register(meters.registry());
    }

    /**
     * How times are published.
     *
     * <p><b>Thread:</b> Confined to its user.
     */
    public static final class Builder {

        private final MeterRegistry registry;
        private double[] percentiles = {0.5, 0.95, 0.99};
        private boolean histogram;

        private Builder(MeterRegistry registry) {
            this.registry = registry;
        }

        /** Which percentiles each process works out itself, as shares of 1; those of several processes cannot be added up. */
        public Builder percentiles(double... shares) {
            for (double share : shares) {
                if (!(share > 0 && share < 1)) {
                    throw new IllegalArgumentException("percentiles must be between 0 and 1, one was " + share);
                }
            }
            percentiles = shares.clone();
            return this;
        }

        /** Publishes buckets, for a server that works out percentiles over all processes. Some 70 series for each timer. */
        public Builder histogram(boolean on) {
            histogram = on;
            return this;
        }

        public CallMetrics build() {
            return new CallMetrics(new Meters(registry, percentiles, histogram));
        }
    }
}
