package dev.revox.acceptance.world;

import dev.revox.CallEngine;
import dev.revox.CallEngineBuilder;
import dev.revox.CallHandle;
import dev.revox.agent.VoiceAgents;
import dev.revox.agent.prompt.Phrases;
import dev.revox.assistant.Assistant;
import dev.revox.event.CallEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.media.MediaSettings;
import dev.revox.sip.trunk.TrunkStatus;
import dev.revox.store.StoredAttempt;
import dev.revox.testkit.provider.LocalProviders;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.SystemTime;
import dev.revox.wire.CallReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** An engine on loopback with local providers, built as a host would build it, and what its listeners were told. */
public final class AcceptanceWorld implements AutoCloseable {

    public static final String NUMBER = "+14155550132";
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final Secret KEY = Secret.of("sk-local-acceptance");

    /** Stock phrases of which there are clips. */
    private static final Phrases RECORDED_PHRASES = new Phrases(
            "Hello!",
            "One moment please.",
            "I am sorry, I did not understand that.",
            "I am sorry, I did not understand that.",
            "Are you still there?",
            "See you tomorrow, goodbye!");

    private final SystemTime time = SystemTime.start();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final Path recordings;
    private final LocalProviders providers;
    private final CallEngine engine;
    private final SipCallLine line;

    private AcceptanceWorld(Path recordings, SipTrunk trunk, Options options) {
        this.recordings = recordings;
        providers = LocalProviders.start(
                time, KEY, new ClinicScript(), ClipVoice.of(ClipSet.agent()), PhraseRecogniser.of(ClipSet.caller()));
        line = SipCallLine.builder()
                .trunk(trunk)
                .mediaSettings(options.media())
                .settings(options.sip().apply(SipSettings.DEFAULT.withBindAddress("127.0.0.1")))
                .build();
        CallEngineBuilder builder = CallEngine.builder()
                .line(line)
                .agent(options.agent()
                        .apply(providers.agent(options.modelKey()).phrases(RECORDED_PHRASES))
                        .build())
                .recordings(recordings)
                .listener(events::add);
        engine = options.engine().apply(builder).build();
    }

    /** What differs from the usual engine. */
    public record Options(
            UnaryOperator<SipSettings> sip,
            UnaryOperator<MediaSettings> media,
            UnaryOperator<CallEngineBuilder> engine,
            UnaryOperator<VoiceAgents.Builder> agent,
            Secret modelKey) {

        public static final Options NONE = new Options(
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                KEY);

        public Options sip(UnaryOperator<SipSettings> change) {
            return new Options(change, media, engine, agent, modelKey);
        }

        public Options media(UnaryOperator<MediaSettings> change) {
            return new Options(sip, change, engine, agent, modelKey);
        }

        public Options engine(UnaryOperator<CallEngineBuilder> change) {
            return new Options(sip, media, change, agent, modelKey);
        }

        public Options agent(UnaryOperator<VoiceAgents.Builder> change) {
            return new Options(sip, media, engine, change, modelKey);
        }

        public Options modelKey(Secret key) {
            return new Options(sip, media, engine, agent, key);
        }
    }

    public static AcceptanceWorld dialling(Path recordings, SipTrunk trunk) {
        return new AcceptanceWorld(recordings, trunk, Options.NONE);
    }

    public static AcceptanceWorld dialling(Path recordings, SipTrunk trunk, Options options) {
        return new AcceptanceWorld(recordings, trunk, options);
    }

    /** The clinic's assistant, who knows the person's name. */
    public static Assistant ada() {
        return Assistant.prompt("You are Ada from the Riverside Clinic and talk to {{name}}.")
                .firstSentence("Hi {{name}}! This is Ada from the Riverside Clinic.")
                .build();
    }

    /** An order that is dialled at once and only once. */
    public static CallOrder order() {
        return CallOrder.to(NUMBER)
                .forceNow()
                .assistant(ada())
                .variable("name", "Dana")
                .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                .build();
    }

    /** Places an order and waits until nothing about it is open. */
    public Outcome call(CallOrder order) {
        return report(engine.place(order));
    }

    /** Places an order; what becomes of it is told later. */
    public CompletableFuture<Outcome> begin(CallOrder order) {
        CallHandle handle = engine.place(order);
        // A thread of its own: the common pool of a small machine has one.
        return CompletableFuture.supplyAsync(
                () -> report(handle), task -> Thread.ofVirtual().start(task));
    }

    private Outcome report(CallHandle handle) {
        try {
            CallReport report = handle.report().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Outcome(report, engine.attempts(handle.key()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no report; events: " + events, e);
        }
    }

    public Outcome call() {
        return call(order());
    }

    /** Waits until everything about some order is final, such as a call that came in. */
    public Outcome reported() {
        Eventually.until(PATIENCE, () -> report().isPresent(), () -> "a report; events: " + events);
        CallReport report = report().orElseThrow();
        return new Outcome(report, engine.attempts(OrderKey.of(report.order())));
    }

    private Optional<CallReport> report() {
        return events.stream()
                .filter(CallEvent.Reported.class::isInstance)
                .map(event -> ((CallEvent.Reported) event).report())
                .findFirst();
    }

    public CallEngine engine() {
        return engine;
    }

    public LocalProviders providers() {
        return providers;
    }

    public int sipPort() {
        return line.sipPort();
    }

    public String stateDump() {
        return line.stateDump();
    }

    /** How the line's one trunk is doing. */
    public TrunkStatus trunkStatus() {
        return line.trunkStatus().getFirst();
    }

    public List<CallEvent> events() {
        return List.copyOf(events);
    }

    public Path recordings() {
        return recordings;
    }

    @Override
    public void close() {
        engine.close();
        providers.close();
        time.close();
    }

    /** A finished call: what the host's JSON shows and what only the Java API tells. */
    public record Outcome(CallReport report, List<StoredAttempt> rows) {

        public StoredAttempt row() {
            return rows.getFirst();
        }
    }
}
