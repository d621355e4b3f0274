package dev.revox;

import dev.revox.admission.Guarding;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.Ambience;
import dev.revox.call.SessionLimits;
import dev.revox.conversation.VoiceAgent;
import dev.revox.dispatch.desk.DispatchSettings;
import dev.revox.dispatch.live.InboundRouter;
import dev.revox.event.CallListener;
import dev.revox.guard.ConsentRegister;
import dev.revox.guard.DialGuard;
import dev.revox.guard.law.LawBook;
import dev.revox.line.CallLine;
import dev.revox.line.ListenSettings;
import dev.revox.media.recording.RecordingSettings;
import dev.revox.order.TimeOrderedIds;
import dev.revox.order.rules.AssistantDirectory;
import dev.revox.order.rules.CallerIds;
import dev.revox.order.rules.OrderRules;
import dev.revox.phone.DestinationPolicy;
import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.resource.access.NumberView;
import dev.revox.resource.access.StoredDirectory;
import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;
import dev.revox.time.SystemTime;
import dev.revox.time.TimeSource;
import dev.revox.wire.OrderReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an engine needs: a line and an agent; everything else has a default.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class CallEngineBuilder {
    /** How long {@code close()} waits for live calls to end politely. */
    public static final Duration DEFAULT_SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private final List<CallListener> listeners = new ArrayList<>();
    private final Set<PhoneNumber> fromNumbers = new LinkedHashSet<>();
    private @Nullable CallLine line;
    private @Nullable VoiceAgent agent;
    private @Nullable EngineStore store;
    private @Nullable TimeSource time;
    private @Nullable Executor executor;
    private final Set<String> backgroundSounds = new HashSet<>(Set.of(Ambience.OFFICE));
    private Optional<RecordingSettings> recordings = Optional.empty();
    private Optional<Assistant> defaultAssistant = Optional.empty();
    private Optional<InboundRouter> inbound = Optional.empty();
    private Optional<PhoneNumber> defaultFrom = Optional.empty();
    private Optional<String> organizationId = Optional.empty();
    private Optional<ZoneId> defaultZone = Optional.empty();
    private DestinationPolicy destinations = DestinationPolicy.STRICT;
    private ListenSettings listening = ListenSettings.DEFAULT;
    private SessionLimits limits = SessionLimits.DEFAULT;
    private Duration ringTimeout = DispatchSettings.DEFAULT.ringTimeout();
    private Duration shutdownLimit = DEFAULT_SHUTDOWN_LIMIT;
    private int maxConcurrentCalls = DispatchSettings.DEFAULT.maxConcurrentCalls();
    private String nodeName = "engine-" + UUID.randomUUID().toString().substring(0, 8);
    private Duration lease = DispatchSettings.DEFAULT.lease();
    private final List<DialGuard> guards = new ArrayList<>();
    private @Nullable LawBook laws;
    private ConsentRegister consents = (tenant, number, at) -> Optional.empty();
    private TimeOrderedIds ids = new TimeOrderedIds();
    private boolean lenientJson;
    private boolean voiceRequired;

    CallEngineBuilder() {}

    /** How calls are placed and taken. Required. */
    public CallEngineBuilder line(CallLine way) {
        line = way;
        return this;
    }

    /** Who holds the conversations. Required. */
    public CallEngineBuilder agent(VoiceAgent who) {
        agent = who;
        return this;
    }

    /** Where orders live; in memory when left out. */
    public CallEngineBuilder store(EngineStore where) {
        store = where;
        return this;
    }

    /** The machine's clocks when left out. */
    public CallEngineBuilder time(TimeSource source) {
        time = source;
        return this;
    }

    /** What runs calls, orders and listeners, for simulations in virtual time; threads of the engine's own when left out. */
    public CallEngineBuilder executor(Executor runner) {
        executor = runner;
        return this;
    }

    /** A folder for stereo recordings as WAV files; nothing is recorded when left out. */
    public CallEngineBuilder recordings(Path folder) {
        return recordings(RecordingSettings.into(folder));
    }

    /** Where stereo recordings go and in which form; nothing is recorded when left out. */
    public CallEngineBuilder recordings(RecordingSettings settings) {
        recordings = Optional.of(settings);
        return this;
    }

    /** A background of the host's own that assistants may name; the line has the sound (see {@code SoundSettings.withClip}). */
    public CallEngineBuilder backgroundSound(String name) {
        backgroundSounds.add(name);
        return this;
    }

    /** Live calls of this engine at once; 100 when left out. */
    public CallEngineBuilder maxConcurrentCalls(int calls) {
        maxConcurrentCalls = calls;
        return this;
    }

    /** For orders that name no assistant. */
    public CallEngineBuilder defaultAssistant(Assistant assistant) {
        defaultAssistant = Optional.of(assistant);
        return this;
    }

    /** How long it may ring; 45 s when left out. */
    public CallEngineBuilder ringTimeout(Duration longest) {
        ringTimeout = longest;
        return this;
    }

    /** Adds somebody who follows all calls. */
    public CallEngineBuilder listener(CallListener listener) {
        listeners.add(listener);
        return this;
    }

    /** The engine's own numbers: the only ones that a call may come from. */
    public CallEngineBuilder fromNumbers(String... numbers) {
        for (String number : numbers) {
            fromNumbers.add(read("fromNumbers", number));
        }
        return this;
    }

    /** The caller id of orders and assistants that name none; the trunk's own when left out. */
    public CallEngineBuilder defaultFrom(String number) {
        defaultFrom = Optional.of(read("defaultFrom", number));
        return this;
    }

    /** Takes incoming calls; they are refused when left out. */
    public CallEngineBuilder inbound(InboundRouter router) {
        inbound = Optional.of(router);
        return this;
    }

    /** The tenant of orders that name none. */
    public CallEngineBuilder organization(String id) {
        organizationId = Optional.of(id);
        return this;
    }

    /** For recipients whose number tells no zone. */
    public CallEngineBuilder defaultTimezone(ZoneId zone) {
        defaultZone = Optional.of(zone);
        return this;
    }

    /** Which kinds of numbers may be called beside ordinary ones; none when left out. */
    public CallEngineBuilder destinations(DestinationPolicy policy) {
        destinations = policy;
        return this;
    }

    /** When the machine's ear calls a sound speech. */
    public CallEngineBuilder listening(ListenSettings settings) {
        listening = settings;
        return this;
    }

    /** How long calls wait for what others owe them. */
    public CallEngineBuilder sessionLimits(SessionLimits settings) {
        limits = settings;
        return this;
    }

    /** How long {@code close()} waits for live calls to end politely; 10 s when left out. */
    public CallEngineBuilder shutdownLimit(Duration longest) {
        shutdownLimit = longest;
        return this;
    }

    /** Unknown members of a JSON body are warnings instead of errors. */
    public CallEngineBuilder lenientJson() {
        lenientJson = true;
        return this;
    }

    /** The agent has no default voice, so that every assistant must name one. */
    public CallEngineBuilder voiceRequired() {
        voiceRequired = true;
        return this;
    }

    /**
     * Adds a guard that is asked when an order is placed and again right before each attempt: do-not-call lists, consent, whatever
     * the host knows. Of several the strictest counts, and one that fails keeps the call from being made.
     */
    public CallEngineBuilder guard(DialGuard who) {
        guards.add(who);
        return this;
    }

    /**
     * Keeps these calling laws, whatever an order asks for. None when left out, since only the host knows which calls they apply
     * to.
     *
     * @param register the consents that some of them need; {@code (tenant, number, at) -> Optional.empty()} where nobody agreed
     */
    public CallEngineBuilder laws(LawBook book, ConsentRegister register) {
        laws = book;
        consents = register;
        return this;
    }

    /**
     * This engine's name among the engines that share its store; at random when left out. An engine that starts with the name of
     * one that crashed takes up its orders at once instead of after a lease, so give each a name that survives a restart. Two
     * engines must never run under one name: the later one takes the earlier one's calls from it.
     */
    public CallEngineBuilder nodeName(String name) {
        nodeName = name;
        return this;
    }

    /** How long an engine may be silent before others on the store take it for dead; 15 s when left out, at least 1 s. */
    public CallEngineBuilder lease(Duration longestSilence) {
        lease = longestSilence;
        return this;
    }

    /** Where ids of orders and attempts come from, for simulations that must repeat; drawn from a secure source when left out. */
    public CallEngineBuilder ids(TimeOrderedIds source) {
        ids = source;
        return this;
    }

    /**
     * Starts the engine: opens the line and meanwhile loads the numbering plans. The agent warms up after that, while the host
     * goes on and the first call rings.
     *
     * @throws IllegalStateException that names the field that is missing or wrong
     * @throws RevoxException when the line cannot start; everything is closed again
     */
    public CallEngine build() {
        CallLine way = required(line, "line", "give the engine a CallLine, such as a SipCallLine");
        VoiceAgent who = required(agent, "agent", "give the engine a VoiceAgent");
        require(maxConcurrentCalls >= 1, "maxConcurrentCalls", "must be at least 1");
        require(!nodeName.isBlank(), "nodeName", "must not be blank");
        require(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease", "must be at least one second");
        require(ringTimeout.isPositive(), "ringTimeout", "must be greater than zero");
        require(!shutdownLimit.isNegative(), "shutdownLimit", "must not be negative");
        require(
                defaultFrom.isEmpty() || fromNumbers.isEmpty() || fromNumbers.contains(defaultFrom.get()),
                "defaultFrom",
                "must be one of fromNumbers");
        recordings.map(RecordingSettings::folder).ifPresent(CallEngineBuilder::prepare);
        // Begins first: it needs nothing of the rest, and a second processor has nothing else to do yet.
        CompletableFuture<Void> plansReady = numberingPlans();
        EngineParts parts = parts(way, who);
        CallEngine engine = new CallEngine(parts);
        try {
            engine.prepare();
            startLine(parts, plansReady);
            engine.start(executor == null);
        } catch (RuntimeException fault) {
            parts.closeLine();
            engine.abandon();
            parts.closeRest();
            throw fault;
        }
        return engine;
    }

    private EngineParts parts(CallLine way, VoiceAgent who) {
        Executor given = executor;
        EngineStore rows = store == null ? new MemoryStore() : store;
        TimeSource clock = time == null ? SystemTime.start() : time;
        Executor background = given != null ? given : oneThread("revox-background");
        NumberView numbers = new NumberView(rows.resources(), clock, background, fromNumbers);
        StoredDirectory assistants = new StoredDirectory(rows.resources().assistants(), defaultAssistant);
        OrderRules rules = rules(assistants, numbers);
        return new EngineParts(
                way,
                who,
                rows,
                clock,
                given != null ? given : oneThread("revox-desk"),
                given != null ? given : oneThread("revox-node"),
                background,
                given != null
                        ? given
                        : Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("revox-call-", 1).factory()),
                new DispatchSettings(
                        maxConcurrentCalls,
                        ringTimeout,
                        recordings,
                        defaultZone,
                        listening,
                        limits,
                        DispatchSettings.DEFAULT.forceNowLapse(),
                        DispatchSettings.DEFAULT.sweepEvery(),
                        DispatchSettings.DEFAULT.pullEvery(),
                        nodeName,
                        lease,
                        DispatchSettings.DEFAULT.analysisLimit(),
                        DispatchSettings.DEFAULT.analysisTries()),
                rules,
                assistants,
                numbers,
                lenientJson ? OrderReader.lenient(rules) : OrderReader.strict(rules),
                Guarding.of(guards, Optional.ofNullable(laws), consents, rows),
                ids,
                List.copyOf(listeners),
                inbound,
                organizationId,
                defaultFrom,
                shutdownLimit);
    }

    private static Executor oneThread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
    }

    private OrderRules rules(AssistantDirectory assistants, CallerIds numbers) {
        OrderRules.Builder rules = OrderRules.builder()
                .destinations(destinations)
                .callerIds(numbers)
                .voiceRequired(voiceRequired)
                .backgroundSounds(backgroundSounds)
                .assistants(assistants);
        defaultZone.ifPresent(rules::defaultZone);
        return rules.build();
    }

    private CompletableFuture<Void> numberingPlans() {
        // In a simulation one thread does everything. Else a platform thread: reading the class path pins a virtual
        // one.
        Executor aside = executor != null
                ? Runnable::run
                : task -> Thread.ofPlatform().name("revox-start").daemon(true).start(task);
        return CompletableFuture.runAsync(PhoneNumbers::warmUp, aside);
    }

    private static void startLine(EngineParts parts, CompletableFuture<Void> plansReady) {
        RuntimeException[] fault = new RuntimeException[1];
        try {
            parts.line().start(parts.time());
        } catch (RuntimeException lineFault) {
            fault[0] = lineFault;
        }
        // Nothing may still be starting when everything is closed again.
        try {
            plansReady.join();
        } catch (CompletionException other) {
            if (fault[0] == null) {
                fault[0] = other.getCause() instanceof RuntimeException cause ? cause : other;
            }
        }
        if (fault[0] != null) {
            throw fault[0];
        }
    }

    private static PhoneNumber read(String field, String number) {
        try {
            return PhoneNumbers.parse(number);
        } catch (InvalidPhoneNumberException unreadable) {
            throw new IllegalStateException(field + ": a number " + unreadable.getMessage(), unreadable);
        }
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException("recordings: the folder " + folder + " cannot be created", e);
        }
        require(Files.isWritable(folder), "recordings", "the folder " + folder + " must be writable");
    }

    private static <T> T required(@Nullable T value, String field, String remedy) {
        if (value == null) {
            throw new IllegalStateException(field + ": " + remedy);
        }
        return value;
    }

    private static void require(boolean holds, String field, String remedy) {
        if (!holds) {
            throw new IllegalStateException(field + ": " + remedy);
        }
    }
}
