package dev.revox.sip;

import dev.revox.RevoxException;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.line.LineLimits;
import dev.revox.sip.location.DnsNameService;
import dev.revox.sip.location.NameService;
import dev.revox.sip.media.MediaPlaneFactory;
import dev.revox.sip.media.MediaSettings;
import dev.revox.sip.media.OwnMediaPlane;
import dev.revox.sip.signaling.valve.ValveCounts;
import dev.revox.sip.trace.SipTrace;
import dev.revox.sip.trace.TraceSettings;
import dev.revox.sip.trunk.TrunkStatus;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A way to place and take calls over SIP trunks.
 *
 * <p><b>Thread:</b> Thread-safe. Listeners and the incoming handler are called on the line's own platform threads, one at a
 * time per leg; they must only hand on.
 */
public final class SipCallLine implements CallLine {

    private final List<SipTrunk> trunks;
    private final SipSettings settings;
    private final NameService names;
    private final MediaPlaneFactory mediaPlanes;
    private volatile Optional<IncomingHandler> incoming = Optional.empty();
    private volatile Optional<SipExchangeOffice> office = Optional.empty();
    private boolean closed;

    private final Optional<TraceSettings> tracing;
    private final Consumer<TrunkStatus> trunkWatcher;

    private SipCallLine(
            List<SipTrunk> trunks,
            SipSettings settings,
            NameService names,
            MediaPlaneFactory mediaPlanes,
            Optional<TraceSettings> tracing,
            Consumer<TrunkStatus> trunkWatcher) {
        this.names = names;
        this.trunks = List.copyOf(trunks);
        this.settings = settings;
        this.mediaPlanes = mediaPlanes;
        this.tracing = tracing;
        this.trunkWatcher = trunkWatcher;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public synchronized void start(TimeSource time) {
        if (closed || office.isPresent()) {
            throw new RevoxException("a SIP line is started once, and not after close()", false);
        }
        office = Optional.of(SipExchangeOffice.open(
                trunks, settings, names, mediaPlanes, time, () -> incoming, tracing, trunkWatcher));
    }

    @Override
    public CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        return started().dial(request, listener);
    }

    @Override
    public void onIncoming(IncomingHandler handler) {
        incoming = Optional.of(handler);
    }

    /** Those of the first trunk, by which calls usually go out. */
    @Override
    public LineLimits limits() {
        return trunks.getFirst().plan().limits();
    }

    /** The UDP port that SIP is bound to. */
    public int sipPort() {
        return started().sipPort();
    }

    /** How each trunk is doing, in the order in which they were added. */
    public List<TrunkStatus> trunkStatus() {
        return started().trunkStatus();
    }

    /**
     * The SIP messages of a leg, while they are kept; empty for an unknown leg, and when the line keeps none.
     *
     * @param legId as in the events of the call
     * @see Builder#tracing
     */
    public Optional<SipTrace> trace(String legId) {
        return started().trace(legId);
    }

    /** What the line holds right now, for operators: transactions, dialogs, legs and their ports. Shows no telephone number. */
    public String stateDump() {
        return started().stateDump();
    }

    /** What came in since the line was started, and what of it was thrown away unread. */
    public ValveCounts valveCounts() {
        return started().valveCounts();
    }

    /** TCP and TLS connections that are up. */
    int connections() {
        return started().connections();
    }

    /** How much is kept for calls that are up, being set up, or not forgotten yet, transactions included; 0 when idle. */
    public int occupancy() {
        return started().occupancy();
    }

    private SipExchangeOffice started() {
        return office.orElseThrow(() -> new RevoxException("the SIP line is not started: call start() first", false));
    }

    @Override
    public void close() {
        Optional<SipExchangeOffice> closing;
        synchronized (this) {
            closing = closed ? Optional.empty() : office;
            closed = true;
        }
        closing.ifPresent(SipExchangeOffice::close);
    }

    /** Collects what a line needs. <b>Thread:</b> not thread-safe. */
    public static final class Builder {

        private final List<SipTrunk> trunks = new ArrayList<>();
        private SipSettings settings = SipSettings.DEFAULT;
        private NameService names = new DnsNameService();
        private Optional<MediaPlaneFactory> mediaPlanes = Optional.empty();
        private Optional<VoiceActivityModel> voiceActivity = Optional.empty();
        private Optional<TraceSettings> tracing = Optional.empty();
        private Consumer<TrunkStatus> trunkWatcher = status -> {};
        private UnaryOperator<MediaSettings> mediaSettings = UnaryOperator.identity();

        private Builder() {}

        /** Adds a trunk. Calls go out by the first one that takes them, unless trunks have weights. */
        public Builder trunk(SipTrunk trunk) {
            trunks.add(Objects.requireNonNull(trunk, "trunk"));
            return this;
        }

        public Builder settings(SipSettings newSettings) {
            settings = Objects.requireNonNull(newSettings, "settings");
            return this;
        }

        /** Looks names up in another way than by this machine's name servers. */
        public Builder nameService(NameService service) {
            names = Objects.requireNonNull(service, "nameService");
            return this;
        }

        /**
         * What judges speech. When not set, Silero if {@code ModelStore.usual()} finds its model when the line starts, else the
         * built-in energy detector. A model that is set here stays open when the line closes.
         */
        public Builder voiceActivity(VoiceActivityModel model) {
            voiceActivity = Optional.of(model);
            return this;
        }

        /** Keeps SIP messages for {@link SipCallLine#trace}. Nothing is kept when not set. */
        public Builder tracing(TraceSettings newTracing) {
            tracing = Optional.of(newTracing);
            return this;
        }

        /**
         * Is told when a trunk has not answered three pings in a row, and when it answers again; only trunks with {@code ping()} are
         * asked. Called on a thread of the line: hand on what takes long.
         */
        public Builder onTrunkChange(Consumer<TrunkStatus> listener) {
            trunkWatcher = Objects.requireNonNull(listener, "onTrunkChange");
            return this;
        }

        /** Changes how sound is carried: ports, loops, transport, limits. */
        public Builder mediaSettings(UnaryOperator<MediaSettings> change) {
            mediaSettings = Objects.requireNonNull(change, "mediaSettings");
            return this;
        }

        /** Carries sound in another way than RTP over this machine's own sockets. */
        public Builder media(MediaPlaneFactory factory) {
            mediaPlanes = Optional.of(factory);
            return this;
        }

        /** Checks and makes the line; nothing is opened before {@code start}. */
        public SipCallLine build() {
            if (trunks.isEmpty()) {
                throw new RevoxException("trunk: a SIP line needs at least one, e.g. SipTrunk.of(\"sip:host\")", false);
            }
            trunks.forEach(SipTrunk::requireKeysCanTravel);
            MediaPlaneFactory factory = mediaPlanes.orElseGet(() -> new OwnMediaPlane(voiceActivity, mediaSettings));
            return new SipCallLine(trunks, settings, names, factory, tracing, trunkWatcher);
        }
    }
}
