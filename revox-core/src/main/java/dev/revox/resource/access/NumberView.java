package dev.revox.resource.access;

import dev.revox.assistant.Assistant;
import dev.revox.call.Mailbox;
import dev.revox.dispatch.live.InboundRouter;
import dev.revox.line.IncomingCall;
import dev.revox.order.rules.CallerIds;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceStore;
import dev.revox.resource.StoredAssistant;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The own numbers and their assistants as they were a moment ago: a call that comes in is routed without waiting for the store.
 *
 * <p>It is read anew when something was changed through this engine, and else looked at every five seconds, which costs one
 * small question while nothing has changed. While the store is out of reach, what was known stays.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class NumberView implements InboundRouter, CallerIds {
    private static final System.Logger LOG = System.getLogger("dev.revox.resource");
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ResourceStore store;
    private final TimeSource time;
    private final Set<PhoneNumber> configured;
    private final Mailbox<Runnable> box;
    private volatile Known known = new Known(-1, Map.of(), Map.of(), Set.of());
    private volatile Alarm next = () -> {};
    private volatile Runnable whenNumbersTakeCalls = () -> {};
    private volatile boolean stopped;

    /**
     * What the store said.
     *
     * @param answering who answers calls to a number
     * @param owners whose each number is
     * @param tenants those that have any number
     */
    private record Known(
            long revision,
            Map<PhoneNumber, Assistant> answering,
            Map<PhoneNumber, Optional<String>> owners,
            Set<Optional<String>> tenants) {}

    /**
     * Knows nothing yet.
     *
     * @param executor may block on the store
     * @param configured numbers of all tenants that are not in the store
     */
    public NumberView(ResourceStore store, TimeSource time, Executor executor, Set<PhoneNumber> configured) {
        this.store = store;
        this.time = time;
        this.configured = Set.copyOf(configured);
        this.box = new Mailbox<>(executor, Runnable::run);
    }

    /**
     * Reads the store once, and from then on looks at it now and then.
     *
     * @param numbersTakeCalls run, maybe more than once, when some number has an assistant
     */
    public void start(Runnable numbersTakeCalls) {
        whenNumbersTakeCalls = numbersTakeCalls;
        refresh();
        lookAgain();
    }

    private void lookAgain() {
        next = time.schedule(
                EVERY,
                () -> box.post(() -> {
                    if (stopped) {
                        return;
                    }
                    lookAgain();
                    try {
                        refresh();
                    } catch (RuntimeException fault) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "own numbers could not be read; what was known stays",
                                fault);
                    }
                }));
    }

    public void stop() {
        stopped = true;
        next.cancel();
    }

    /** Something was changed through this engine. The change is in the store: a fault here only makes it known later. */
    void changed() {
        try {
            refresh();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "own numbers are known a few seconds later", fault);
        }
    }

    private synchronized void refresh() {
        // Before the numbers: whatever changes in between is read again.
        long revision = store.revision();
        if (revision == known.revision()) {
            return;
        }
        Map<PhoneNumber, Assistant> answering = new HashMap<>();
        Map<PhoneNumber, Optional<String>> owners = new HashMap<>();
        Set<Optional<String>> tenants = new HashSet<>();
        Map<String, Optional<Assistant>> assistants = new HashMap<>();
        Optional<String> place = Optional.empty();
        do {
            Page<OwnNumber> page = store.numbers().all(place, Page.LARGEST);
            for (OwnNumber own : page.items()) {
                owners.put(own.number(), own.tenant());
                tenants.add(own.tenant());
                own.inboundAssistantId()
                        .flatMap(id -> assistants.computeIfAbsent(id, unused -> assistant(own.tenant(), id)))
                        .ifPresent(assistant -> answering.put(own.number(), assistant));
            }
            place = page.next();
        } while (place.isPresent());
        known = new Known(revision, answering, owners, tenants);
        if (!answering.isEmpty()) {
            whenNumbersTakeCalls.run();
        }
    }

    private Optional<Assistant> assistant(Optional<String> tenant, String id) {
        return store.assistants().find(tenant, id).map(StoredAssistant::assistant);
    }

    @Override
    public Optional<Assistant> route(IncomingCall call) {
        Map<PhoneNumber, Assistant> answering = known.answering();
        return call.called().flatMap(number -> Optional.ofNullable(answering.get(number)));
    }

    /** Any number may be shown while neither the engine nor the tenant has a list of its own. */
    @Override
    public boolean mayShow(Optional<String> tenant, PhoneNumber number) {
        Known now = known;
        if (configured.contains(number) || tenant.equals(now.owners().get(number))) {
            return true;
        }
        boolean listed = !configured.isEmpty() || now.tenants().contains(tenant);
        // Another engine may have added it a moment ago.
        return !listed || store.numbers().find(tenant, number).isPresent();
    }
}
