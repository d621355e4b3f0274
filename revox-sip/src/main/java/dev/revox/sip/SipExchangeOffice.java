package dev.revox.sip;

import dev.revox.RevoxException;
import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingCall;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.line.SipFailure;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.admission.IncomingLimit;
import dev.revox.sip.admission.LineLoad;
import dev.revox.sip.exchange.FrontDoor;
import dev.revox.sip.exchange.LocalAddress;
import dev.revox.sip.exchange.TrunkExchange;
import dev.revox.sip.exchange.TrustedHosts;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.leg.SipLeg;
import dev.revox.sip.leg.StateDump;
import dev.revox.sip.location.NameService;
import dev.revox.sip.location.Target;
import dev.revox.sip.location.Transport;
import dev.revox.sip.media.MediaPlane;
import dev.revox.sip.media.MediaPlaneFactory;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.route.Way;
import dev.revox.sip.sdes.KeyExchange;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.call.UacCall;
import dev.revox.sip.signaling.call.UasCall;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.header.CallerHeaders;
import dev.revox.sip.signaling.live.CallControl;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.CallObserver;
import dev.revox.sip.signaling.stack.StackPlan;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.sip.signaling.valve.SourceValve;
import dev.revox.sip.signaling.valve.ValveCounts;
import dev.revox.sip.trace.SipTrace;
import dev.revox.sip.trace.SipTracer;
import dev.revox.sip.trace.TraceSettings;
import dev.revox.sip.trunk.Hunt;
import dev.revox.sip.trunk.Trunk;
import dev.revox.sip.trunk.TrunkPlan;
import dev.revox.sip.trunk.TrunkStatus;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A started line: its socket, its threads, and the legs that are up.
 *
 * <p><b>Thread:</b> Thread-safe. SIP is sent on a small pool of platform threads, because the SIP library locks.
 */
final class SipExchangeOffice implements AutoCloseable {

    private static final int SENDERS = 4;

    private final List<SipTrunk> trunks;
    private final SipSettings settings;
    private final TimeSource time;
    private final Supplier<Optional<IncomingHandler>> incoming;
    private final Tokens tokens = new Tokens();
    private final SecureRandom random = new SecureRandom();
    private final TrustedHosts trusted;
    private final FrontDoor door;
    private final Map<SipLeg, Boolean> legs = new ConcurrentHashMap<>();
    private final ExecutorService senders;
    private final Optional<SipTracer> tracer;
    private final MediaPlane plane;
    private final Switchboard switchboard;
    private final SourceValve valve;
    private final TrunkExchange exchange;
    private final String advertised;
    private volatile @Nullable LineLoad load;

    private SipExchangeOffice(
            List<SipTrunk> configured,
            SipSettings settings,
            NameService names,
            MediaPlaneFactory mediaPlanes,
            TimeSource time,
            Supplier<Optional<IncomingHandler>> incoming,
            Optional<TraceSettings> tracing,
            Consumer<TrunkStatus> trunkWatcher) {
        this.trunks = List.copyOf(configured);
        this.tracer = tracing.map(wanted -> new SipTracer(wanted, time));
        this.settings = settings;
        this.time = time;
        this.incoming = incoming;
        this.trusted = new TrustedHosts(configured.stream().map(SipTrunk::plan).toList());
        InetAddress bound =
                LocalAddress.of(settings.bindAddress(), configured.getFirst().plan());
        this.advertised = settings.advertisedAddress().orElse(bound.getHostAddress());
        AtomicInteger number = new AtomicInteger();
        this.senders = Executors.newFixedThreadPool(SENDERS, task -> {
            Thread thread = new Thread(task, "revox-sip-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.door = new FrontDoor(trusted, advertised, random, time);
        this.switchboard =
                new Switchboard(door, this::invited, tokens, time, new SipTimers(settings.t1()).transactionLife());
        Set<String> questions = ConcurrentHashMap.newKeySet();
        this.valve = valve(questions);
        // Side by side: each of them spends a good tenth of a second on loading code.
        CompletableFuture<MediaPlane> opening =
                CompletableFuture.supplyAsync(() -> mediaPlanes.open(time, bound), senders);
        try {
            this.exchange = TrunkExchange.open(new TrunkExchange.Opening(
                    configured.stream().map(SipTrunk::plan).toList(),
                    stackPlan(configured, bound),
                    names,
                    advertised,
                    settings.userAgent(),
                    tokens,
                    questions,
                    senders,
                    trunkWatcher));
        } catch (RuntimeException e) {
            opening.handle(SipExchangeOffice::discard).join();
            senders.close();
            throw e;
        }
        tracer.ifPresent(exchange.wire()::show);
        try {
            this.plane = opening.join();
        } catch (CompletionException e) {
            exchange.close();
            senders.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        this.load = new LineLoad(time, plane::skippedFrames, this::carried);
    }

    private SourceValve valve(Set<String> questions) {
        return new SourceValve(
                settings.valve(),
                trusted::letsIn,
                callId -> switchboard.isUp(callId) || questions.contains(callId),
                time::nanoTime);
    }

    private StackPlan stackPlan(List<SipTrunk> configured, InetAddress bound) {
        IncomingLimit inbox = new IncomingLimit(
                switchboard,
                switchboard::isLive,
                this::carried,
                settings.valve().maxCalls(),
                this::behind,
                tokens::next);
        boolean tcp = configured.stream()
                .anyMatch(trunk -> trunk.plan().entrance().transport().equals(Optional.of(Transport.TCP)));
        return new StackPlan(
                bound,
                settings.sipPort(),
                settings.t1(),
                inbox,
                valve,
                time,
                tcp,
                Optional.of(settings.tls().contextSupplier()),
                settings.tls().listenPort());
    }

    /** Calls that take room: a busy media loop lets go of those that are over later than we do. */
    private int carried() {
        return load == null ? 0 : Math.max(legs.size(), plane.openSessions());
    }

    /** So is one that is not quite open yet. */
    private boolean behind() {
        LineLoad watched = load;
        return watched == null || watched.behind();
    }

    private static boolean discard(@Nullable MediaPlane opened, @Nullable Throwable fault) {
        if (opened != null) {
            opened.close();
        }
        return fault == null;
    }

    static SipExchangeOffice open(
            List<SipTrunk> trunks,
            SipSettings settings,
            NameService names,
            MediaPlaneFactory mediaPlanes,
            TimeSource time,
            Supplier<Optional<IncomingHandler>> incoming,
            Optional<TraceSettings> tracing,
            Consumer<TrunkStatus> trunkWatcher) {
        SipExchangeOffice office =
                new SipExchangeOffice(trunks, settings, names, mediaPlanes, time, incoming, tracing, trunkWatcher);
        office.exchange.begin();
        return office;
    }

    int sipPort() {
        return exchange.wire().localPort();
    }

    List<TrunkStatus> trunkStatus() {
        return exchange.status();
    }

    int connections() {
        return exchange.wire().openConnections();
    }

    ValveCounts valveCounts() {
        return valve.counts();
    }

    /** Legs, calls still remembered for their ACKs, and transactions that are not over yet. */
    int occupancy() {
        return legs.size() + switchboard.size() + exchange.wire().openTransactions();
    }

    Optional<SipTrace> trace(String legId) {
        return tracer.flatMap(t -> t.ofLeg(legId));
    }

    String stateDump() {
        return StateDump.of(
                advertised + ":" + sipPort(),
                trunks.stream().map(SipTrunk::trunkName).toList(),
                exchange.wire().openTransactions(),
                switchboard.size(),
                legs.keySet(),
                time.nanoTime());
    }

    CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        Mailbox mailbox = new Mailbox(senders, request.legId());
        SipLeg leg = newLeg(request.legId(), mailbox);
        mailbox.execute(() -> leg.listen(listener));
        Optional<MediaSession> media = openMedia(leg, request.listening(), request.besideLegId());
        if (media.isEmpty()) {
            LocalFailure why = LocalFailure.NO_MEDIA_PORT;
            String name = trunks.getFirst().trunkName();
            mailbox.execute(() -> leg.failed(DialVerdict.of(why), SipFailure.local(why.phrase(), name)));
            return leg;
        }
        int rtpPort = media.get().localRtpPort();
        Hunt hunt = Hunt.of(
                exchange.trunks(),
                exchange.random(),
                exchange.routes(),
                mailbox,
                time,
                request.ringTimeout(),
                new OutgoingCall(request, mailbox, rtpPort),
                leg);
        leg.attach(hunt);
        hunt.begin();
        return leg;
    }

    /** One attempt's tries. <b>Thread:</b> Confined to the leg's mailbox, except where its signature arrives. */
    private final class OutgoingCall implements Hunt.Dialler {

        private final DialRequest request;
        private final Mailbox mailbox;
        private final int rtpPort;
        private volatile List<SipHeader> signature = List.of();

        OutgoingCall(DialRequest request, Mailbox mailbox, int rtpPort) {
            this.request = request;
            this.mailbox = mailbox;
            this.rtpPort = rtpPort;
        }

        @Override
        public void prepare(Trunk trunk, Runnable then) {
            trunk.plan().sign(request.from(), request.to(), time, signed -> {
                signature = signed;
                then.run();
            });
        }

        @Override
        public CallControl dial(Trunk trunk, Target target, Duration ringTimeout, CallObserver observer) {
            Way way = trunk.plan().way(request.from(), trunk.serviceRoute()).with(signature);
            CallContext context =
                    context(trunk, target, mailbox, observer, rtpPort, way, target.transport() == Transport.TLS);
            Dialog dialog = Dialog.outgoing(
                    context.local(),
                    tokens,
                    trunk.plan().from(request.from()),
                    trunk.plan().uriOf(request.to()));
            tracer.ifPresent(t -> t.belongs(dialog.callId(), request.legId()));
            return UacCall.start(
                    context, switchboard, dialog, ringTimeout, trunk.plan().mayBeAbroad(request.to()));
        }
    }

    private SipLeg newLeg(String legId, Mailbox mailbox) {
        SipLeg[] self = new SipLeg[1];
        SipLeg leg = new SipLeg(legId, time, mailbox, () -> legs.remove(self[0]));
        self[0] = leg;
        legs.put(leg, Boolean.TRUE);
        return leg;
    }

    private Optional<MediaSession> openMedia(SipLeg leg, ListenSettings listening, Optional<String> besideLegId) {
        try {
            MediaSession media = besideLegId
                    .map(other -> plane.openBeside(other, leg.legId(), listening, leg::onMediaEvent))
                    .orElseGet(() -> plane.open(leg.legId(), listening, leg::onMediaEvent));
            leg.attach(media);
            return Optional.of(media);
        } catch (RevoxException e) {
            return Optional.empty();
        }
    }

    private CallContext context(
            Trunk trunk,
            Target target,
            Mailbox mailbox,
            CallObserver observer,
            int rtpPort,
            Way way,
            boolean unreadable) {
        TrunkPlan plan = trunk.plan();
        return new CallContext(
                exchange.routes().towards(plan.entrance(), target, way),
                time,
                mailbox,
                exchange.local(plan),
                new SipTimers(settings.t1()),
                tokens,
                new AudioNegotiation(
                        plan.sound().codecs().isEmpty()
                                ? settings.codecs()
                                : plan.sound().codecs(),
                        advertised,
                        rtpPort,
                        tokens.sessionId(),
                        new KeyExchange(plan.mediaEncryption(unreadable), random)),
                exchange.digest(plan),
                trusted.rulesOf(plan, target),
                settings.dialogs(),
                observer);
    }

    /** On a thread of the stack: only posts. */
    private void invited(IncomingRequest invite, ServerTransaction transaction) {
        String legId = "in-" + tokens.next();
        Mailbox mailbox = new Mailbox(senders, legId);
        SipLeg leg = newLeg(legId, mailbox);
        LineLoad watched = Objects.requireNonNull(load, "calls are let in once the line is open");
        mailbox.execute(watched.waits(() -> receive(invite, transaction, mailbox, leg)));
    }

    private void receive(IncomingRequest invite, ServerTransaction transaction, Mailbox mailbox, SipLeg leg) {
        tracer.ifPresent(t -> t.belongs(invite.frame().callId(), leg.legId()));
        InetSocketAddress source = invite.frame().source();
        Trunk trunk = exchange.trunks().get(door.trunkOf(invite));
        Optional<IncomingHandler> handler = incoming.get();
        if (handler.isEmpty()) {
            transaction.reply(SipReply.of(403).tagged(tokens.next()));
            leg.discard();
            return;
        }
        Optional<MediaSession> media = openMedia(leg, ListenSettings.DEFAULT, Optional.empty());
        if (media.isEmpty()) {
            transaction.reply(SipReply.of(503).with("Retry-After", "5").tagged(tokens.next()));
            leg.discard();
            return;
        }
        Transport transport = trunk.plan().entrance().transport().orElse(Transport.UDP);
        Target target = new Target(
                transport,
                source.getAddress(),
                source.getPort(),
                trunk.plan().site().host());
        CallContext context = context(
                trunk,
                target,
                mailbox,
                leg,
                media.get().localRtpPort(),
                trunk.plan().way(Optional.empty(), trunk.serviceRoute()),
                transport == Transport.TLS && cameByTls(invite));
        UasCall call = UasCall.enter(
                context, switchboard, Dialog.incoming(context.local(), tokens, invite), invite, transaction);
        leg.attach(call);
        if (!call.acceptable()) {
            return;
        }
        IncomingCall description = new IncomingCall(
                number(invite.frame().fromUser()),
                number(invite.user()),
                trunk.plan().name(),
                CallerHeaders.of(invite.frame()));
        Optional<Consumer<LegEvent>> listener = handler.get().incoming(description, leg);
        if (listener.isPresent()) {
            leg.listen(listener.get());
            call.ring();
        } else {
            call.refuse(SipReply.of(603));
            leg.discard();
        }
    }

    private static boolean cameByTls(IncomingRequest invite) {
        return invite.frame()
                .first("Via")
                .filter(via -> via.startsWith("SIP/2.0/TLS"))
                .isPresent();
    }

    private static Optional<PhoneNumber> number(String user) {
        try {
            return Optional.of(PhoneNumber.of(user));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ends every leg, waits until its goodbye has been handed to the socket, frees everything. */
    @Override
    public void close() {
        legs.keySet().forEach(SipLeg::abandon);
        exchange.leave();
        senders.close();
        exchange.close();
        plane.close();
    }
}
