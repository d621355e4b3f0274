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
import dev.revox.sip.digest.DigestAlgorithm;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.media.MediaPlane;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.sdes.KeyExchange;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.call.UacCall;
import dev.revox.sip.signaling.call.UasCall;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.header.CallerHeaders;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.stack.JainTransport;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.sip.signaling.valve.SourceValve;
import dev.revox.sip.signaling.valve.ValveCounts;
import dev.revox.sip.trace.SipTrace;
import dev.revox.sip.trace.SipTracer;
import dev.revox.sip.trace.TraceSettings;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<SipLeg, Boolean> legs = new ConcurrentHashMap<>();
    private final ExecutorService senders;
    private final Optional<SipTracer> tracer;
    private final MediaPlane plane;
    private final Switchboard switchboard;
    private final SourceValve valve;
    private final SipTransport transport;
    private final LocalParty local;
    private final String advertised;

    private SipExchangeOffice(
            List<SipTrunk> trunks,
            SipSettings settings,
            MediaPlaneFactory mediaPlanes,
            TimeSource time,
            Supplier<Optional<IncomingHandler>> incoming,
            Optional<TraceSettings> tracing) {
        this.trunks = trunks;
        this.tracer = tracing.map(wanted -> new SipTracer(wanted, time));
        this.settings = settings;
        this.time = time;
        this.incoming = incoming;
        this.trusted = new TrustedHosts(trunks);
        InetAddress bound = LocalAddress.of(settings, trunks.getFirst());
        this.advertised = settings.advertisedAddress().orElse(bound.getHostAddress());
        AtomicInteger number = new AtomicInteger();
        this.senders = Executors.newFixedThreadPool(SENDERS, task -> {
            Thread thread = new Thread(task, "revox-sip-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.switchboard = new Switchboard(trusted::letsIn, this::invited, tokens);
        this.valve = new SourceValve(settings.valve(), trusted::letsIn, switchboard::isLive, time::nanoTime);
        // Side by side: each of them spends a good tenth of a second on loading code.
        CompletableFuture<MediaPlane> opening =
                CompletableFuture.supplyAsync(() -> mediaPlanes.open(time, bound), senders);
        try {
            this.transport = JainTransport.open(bound, settings.sipPort(), settings.t1(), switchboard, valve);
        } catch (RuntimeException e) {
            opening.handle(SipExchangeOffice::discard).join();
            senders.close();
            throw e;
        }
        tracer.ifPresent(transport::show);
        try {
            this.plane = opening.join();
        } catch (CompletionException e) {
            transport.close();
            senders.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        this.local = new LocalParty(bracketed(advertised) + ":" + transport.localPort(), settings.userAgent());
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
            MediaPlaneFactory mediaPlanes,
            TimeSource time,
            Supplier<Optional<IncomingHandler>> incoming,
            Optional<TraceSettings> tracing) {
        return new SipExchangeOffice(trunks, settings, mediaPlanes, time, incoming, tracing);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    int sipPort() {
        return transport.localPort();
    }

    ValveCounts valveCounts() {
        return valve.counts();
    }

    /** Legs, calls still remembered for their ACKs, and transactions that are not over yet. */
    int occupancy() {
        return legs.size() + switchboard.size() + transport.openTransactions();
    }

    Optional<SipTrace> trace(String legId) {
        return tracer.flatMap(t -> t.ofLeg(legId));
    }

    String stateDump() {
        return StateDump.of(
                local.sentBy(),
                trunks,
                transport.openTransactions(),
                switchboard.size(),
                legs.keySet(),
                time.nanoTime());
    }

    CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        SipTrunk trunk = trunks.getFirst();
        Mailbox mailbox = new Mailbox(senders, request.legId());
        SipLeg leg = newLeg(request.legId(), mailbox);
        mailbox.execute(() -> leg.listen(listener));
        Optional<MediaSession> media = openMedia(leg, request.listening(), request.besideLegId());
        if (media.isEmpty()) {
            LocalFailure why = LocalFailure.NO_MEDIA_PORT;
            mailbox.execute(() -> leg.failed(DialVerdict.of(why), SipFailure.local(why.phrase(), trunk.trunkName())));
            return leg;
        }
        CallContext context = context(trunk, mailbox, leg, media.get().localRtpPort());
        Dialog dialog = Dialog.outgoing(local, tokens, from(trunk, request.from()), trunk.uriOf(request.to()));
        tracer.ifPresent(t -> t.belongs(dialog.callId(), request.legId()));
        leg.attach(UacCall.start(context, switchboard, dialog, request.ringTimeout(), trunk.mayBeAbroad(request.to())));
        return leg;
    }

    // Only a checked number, or what the operator configured, gets into a header.
    private String from(SipTrunk trunk, Optional<PhoneNumber> wished) {
        Optional<PhoneNumber> number = wished.or(trunk::defaultCallerId);
        String user = number.map(PhoneNumber::e164)
                .or(() -> trunk.user().filter(u -> u.matches("[A-Za-z0-9_.+-]{1,64}")))
                .orElse("anonymous");
        return "<sip:" + user + "@" + trunk.hostPort() + ">";
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

    private CallContext context(SipTrunk trunk, Mailbox mailbox, SipLeg leg, int rtpPort) {
        Optional<DigestClient> digest = trunk.user()
                .map(user ->
                        new DigestClient(user, trunk.secret(), trunk.pinnedRealm(), DigestAlgorithm.MD5, tokens::next));
        return new CallContext(
                transport,
                time,
                mailbox,
                local,
                new SipTimers(settings.t1()),
                tokens,
                new AudioNegotiation(
                        settings.codecs(),
                        advertised,
                        rtpPort,
                        tokens.sessionId(),
                        new KeyExchange(trunk.mediaEncryption(), random)),
                digest,
                trusted.rulesOf(trunk),
                settings.dialogs(),
                leg);
    }

    /** On a thread of the stack: only posts. */
    private void invited(IncomingRequest invite, ServerTransaction transaction) {
        String legId = "in-" + tokens.next();
        Mailbox mailbox = new Mailbox(senders, legId);
        SipLeg leg = newLeg(legId, mailbox);
        mailbox.execute(() -> receive(invite, transaction, mailbox, leg));
    }

    private void receive(IncomingRequest invite, ServerTransaction transaction, Mailbox mailbox, SipLeg leg) {
        tracer.ifPresent(t -> t.belongs(invite.frame().callId(), leg.legId()));
        SipTrunk trunk = trusted.trunkOf(invite.frame().source().getAddress());
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
        CallContext context = context(trunk, mailbox, leg, media.get().localRtpPort());
        UasCall call = UasCall.enter(context, switchboard, Dialog.incoming(local, tokens, invite), invite, transaction);
        leg.attach(call);
        if (!call.acceptable()) {
            return;
        }
        IncomingCall description = new IncomingCall(
                number(invite.frame().fromUser()),
                number(invite.user()),
                trunk.trunkName(),
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
        senders.close();
        transport.close();
        plane.close();
    }
}
