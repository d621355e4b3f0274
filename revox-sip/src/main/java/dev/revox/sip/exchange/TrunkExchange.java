package dev.revox.sip.exchange;

import dev.revox.sip.digest.DigestAlgorithm;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.location.NameService;
import dev.revox.sip.location.ServerLocator;
import dev.revox.sip.location.Transport;
import dev.revox.sip.registration.Means;
import dev.revox.sip.registration.TrunkKeeper;
import dev.revox.sip.route.Routes;
import dev.revox.sip.signaling.SignalingWire;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.stack.JainTransport;
import dev.revox.sip.signaling.stack.StackPlan;
import dev.revox.sip.trunk.Trunk;
import dev.revox.sip.trunk.TrunkPlan;
import dev.revox.sip.trunk.TrunkStatus;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The wire of a line, its trunks, and what is done for them without calls.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class TrunkExchange {

    /**
     * What it is opened with.
     *
     * @param advertised our address as others see it
     * @param questions takes the Call-IDs of our requests outside calls while they wait for an answer; a set for any thread
     * @param senders platform threads that SIP is sent on
     * @param watcher told when a trunk goes down or answers again, on one of the senders
     */
    public record Opening(
            List<TrunkPlan> trunks,
            StackPlan stack,
            NameService names,
            String advertised,
            String userAgent,
            Tokens tokens,
            Set<String> questions,
            Executor senders,
            Consumer<TrunkStatus> watcher) {}

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.exchange");
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Opening opening;
    private final TimeSource time;
    private final RandomGenerator random = new SecureRandom();
    private final SignalingWire wire;
    private final Routes routes;
    private final Map<Trunk, TrunkKeeper> keepers = new LinkedHashMap<>();
    private volatile Alarm keepAlive = () -> {};
    private volatile boolean closed;

    private TrunkExchange(Opening opening) {
        this.opening = opening;
        this.time = opening.stack().time();
        this.wire = JainTransport.open(opening.stack());
        this.routes = new Routes(wire, new ServerLocator(opening.names(), time, random), time);
        opening.trunks().forEach(plan -> {
            Trunk trunk = keepers.isEmpty() ? Trunk.countedByEngine(plan, time) : new Trunk(plan, time);
            trunk.onChange(() -> changed(trunk));
            keepers.put(trunk, new TrunkKeeper(upkeep(trunk)));
        });
    }

    /** Binds; nothing is sent before {@link #begin}. */
    public static TrunkExchange open(Opening opening) {
        return new TrunkExchange(opening);
    }

    private Means upkeep(Trunk trunk) {
        return new Means(
                trunk,
                routes,
                local(trunk.plan()),
                opening.tokens(),
                time,
                random,
                new Mailbox(opening.senders(), trunk.plan().name()),
                opening.questions(),
                () -> digest(trunk.plan()));
    }

    /** Registers and asks, where plans want that. */
    public void begin() {
        keepers.values().forEach(TrunkKeeper::begin);
        keepAliveAgain();
    }

    private void keepAliveAgain() {
        if (!closed) {
            keepAlive = time.schedule(KEEP_ALIVE, () -> {
                try {
                    opening.senders().execute(wire::keepAlive);
                    keepAliveAgain();
                } catch (RejectedExecutionException e) {
                    closed = true;
                }
            });
        }
    }

    /** In the order in which they were given. */
    public List<Trunk> trunks() {
        return List.copyOf(keepers.keySet());
    }

    public RandomGenerator random() {
        return random;
    }

    public Routes routes() {
        return routes;
    }

    public SignalingWire wire() {
        return wire;
    }

    /** How we name ourselves to a trunk: by the transport that it is reached by, so that it comes back the same way. */
    public LocalParty local(TrunkPlan plan) {
        Transport transport = plan.entrance().transport().orElse(Transport.UDP);
        boolean secure = plan.site().secure();
        int port = secure || transport == Transport.TLS
                ? opening.stack().tlsPort().orElse(wire.localPort())
                : wire.localPort();
        String parameters = secure || transport == Transport.UDP
                ? ""
                : ";transport=" + transport.name().toLowerCase(Locale.ROOT);
        String host = opening.advertised();
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new LocalParty(bracketed + ":" + port, opening.userAgent(), plan.scheme(), parameters);
    }

    /** A memory of a trunk's challenges, for one call; empty when it has no credentials. */
    public Optional<DigestClient> digest(TrunkPlan plan) {
        return plan.login()
                .filter(login -> !login.user().isEmpty())
                .map(login -> new DigestClient(
                        login.user(), login.secret(), login.realm(), DigestAlgorithm.MD5, opening.tokens()::next));
    }

    /** How each trunk is doing. */
    public List<TrunkStatus> status() {
        return keepers.entrySet().stream()
                .map(kept -> kept.getKey().status(kept.getValue().registered()))
                .toList();
    }

    private void changed(Trunk trunk) {
        try {
            opening.senders().execute(() -> tell(trunk));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "a trunk changed while the line was closed");
        }
    }

    private void tell(Trunk trunk) {
        try {
            TrunkKeeper keeper = keepers.get(trunk);
            opening.watcher().accept(trunk.status(keeper != null && keeper.registered()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the host's listener for trunks threw", e);
        }
    }

    /** Takes registrations back and asks no more. Waits a moment for the answers: a registrar may ask for the password first. */
    public void leave() {
        closed = true;
        keepAlive.cancel();
        List<CompletableFuture<Void>> answers = keepers.values().stream()
                .map(keeper -> {
                    CompletableFuture<Void> answer = new CompletableFuture<>();
                    keeper.leave(() -> answer.complete(null));
                    return answer;
                })
                .toList();
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "a registrar did not answer our farewell");
        }
    }

    /** Frees everything, after the senders have ended. */
    public void close() {
        routes.close();
        wire.close();
    }
}
