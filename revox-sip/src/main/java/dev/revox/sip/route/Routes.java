package dev.revox.sip.route;

import dev.revox.sip.location.ServerLocator;
import dev.revox.sip.location.Site;
import dev.revox.sip.location.Target;
import dev.revox.sip.location.TargetHealth;
import dev.revox.sip.location.Transport;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SignalingWire;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Where requests go, for all calls of a line.
 *
 * <p>Datagrams leave on the caller's thread. What has to connect first, and what has to ask a name server, waits on threads of its
 * own, one task at a time for each target: a host that does not answer holds up nobody else's call.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Routes implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.route");

    /** RFC 3261 §18.1.1: a request larger than this goes by a transport with congestion control. */
    static final int MAX_DATAGRAM_BYTES = 1_300;

    /** Behind the branch of a request that was too large for a datagram: should TCP be refused, the other one is still unused. */
    static final String BY_TCP = "t";

    private static final Duration NO_TCP_FOR = Duration.ofMinutes(10);
    private static final int MAX_REMEMBERED = 1_000;

    private final SignalingWire wire;
    private final ServerLocator locator;
    private final TimeSource time;
    private final TargetHealth health;
    private final ExecutorService waiters;
    private final Map<Target, Executor> queues = new ConcurrentHashMap<>();
    private final Map<Target, Long> withoutTcpUntilNanos = new ConcurrentHashMap<>();

    public Routes(SignalingWire wire, ServerLocator locator, TimeSource time) {
        this.wire = wire;
        this.locator = locator;
        this.time = time;
        this.health = new TargetHealth(time);
        AtomicInteger number = new AtomicInteger();
        this.waiters = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "revox-sip-connect-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Finds the targets of a site.
     *
     * @param found told on some thread, which must only post; at once when the answer is at hand
     */
    public void locate(Site site, Consumer<List<Target>> found) {
        if (locator.knows(site)) {
            found.accept(locator.locate(site));
        } else {
            waiters.execute(() -> found.accept(locateOrNothing(site)));
        }
    }

    // Whoever waits for an answer gets one, also when a name service of the host's fails in its own way.
    private List<Target> locateOrNothing(Site site) {
        try {
            return locator.locate(site);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a trunk's name was not looked up", e);
            return List.of();
        }
    }

    /**
     * The transport of one call: its first request goes to the target, later ones to where the dialog's route or the other side's
     * Contact says, by the target's transport where that says none.
     *
     * @param entrance the trunk's site or its outbound proxy's; what names it goes to the target
     */
    public SipTransport towards(Site entrance, Target target, Way way) {
        return new TowardsTarget(this, entrance, target, way);
    }

    /** Which targets are held back. */
    public TargetHealth health() {
        return health;
    }

    /** Follows requests within a call to where they name, without a target of their own: incoming calls. */
    void follow(SipRequest request, Target usual, Consumer<Optional<Target>> found) {
        String hop = request.header("Route").orElse(request.uri());
        Optional<Site> site = Site.of(hop);
        if (site.isEmpty()) {
            found.accept(Optional.empty());
            return;
        }
        Site complete = site.get();
        if (complete.transport().isEmpty() && usual.transport().connected()) {
            complete = new Site(complete.secure(), complete.host(), complete.port(), Optional.of(usual.transport()));
        }
        if (complete.literal()) {
            found.accept(locator.locate(complete).stream()
                    .findFirst()
                    .map(t -> new Target(t.transport(), t.address(), t.port(), usual.name())));
        } else {
            locate(complete, targets -> found.accept(targets.stream().findFirst()));
        }
    }

    /**
     * Sends.
     *
     * @param went told the target that it goes to in the end
     */
    void send(SipRequest request, Target target, boolean largeByTcp, Consumer<Target> went, ResponseSink sink) {
        boolean large = largeByTcp
                && target.transport() == Transport.UDP
                && request.encode().length() > MAX_DATAGRAM_BYTES
                && !withoutTcp(target);
        if (large) {
            Target stream = target.by(Transport.TCP);
            went.accept(stream);
            SipRequest tried = request.inBranch(request.branch() + BY_TCP);
            queued(stream, () -> wire.send(tried, stream, new ByUdpInstead(request, target, went, sink)));
        } else if (target.transport().connected()) {
            queued(target, () -> wire.send(request, target, sink));
        } else {
            wire.send(request, target, sink);
        }
    }

    void sendOnce(SipRequest request, Target target) {
        if (target.transport().connected()) {
            queued(target, () -> wire.sendOnce(request, target));
        } else {
            wire.sendOnce(request, target);
        }
    }

    private void queued(Target target, Runnable task) {
        if (queues.size() >= MAX_REMEMBERED) {
            queues.clear();
        }
        queues.computeIfAbsent(target, t -> new Mailbox(waiters, "connect")).execute(task);
    }

    private boolean withoutTcp(Target target) {
        Long until = withoutTcpUntilNanos.get(target);
        return until != null && until - time.nanoTime() > 0;
    }

    SignalingWire wire() {
        return wire;
    }

    /** RFC 3261 §18.1.1: where TCP is refused, the request goes by UDP after all. */
    private final class ByUdpInstead implements ResponseSink {
        private final SipRequest request;
        private final Target target;
        private final Consumer<Target> went;
        private final ResponseSink sink;

        ByUdpInstead(SipRequest request, Target target, Consumer<Target> went, ResponseSink sink) {
            this.request = request;
            this.target = target;
            this.went = went;
            this.sink = sink;
        }

        @Override
        public void onResponse(IncomingResponse response) {
            sink.onResponse(response);
        }

        @Override
        public void onTimeout() {
            sink.onTimeout();
        }

        @Override
        public void onTransportError() {
            if (withoutTcpUntilNanos.size() >= MAX_REMEMBERED) {
                withoutTcpUntilNanos.clear();
            }
            withoutTcpUntilNanos.put(target, time.nanoTime() + NO_TCP_FOR.toNanos());
            went.accept(target);
            wire.send(request, target, sink);
        }
    }

    /** Waits for what is still being sent. */
    @Override
    public void close() {
        waiters.close();
    }
}
