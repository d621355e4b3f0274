package dev.revox.store.memory.campaign;

import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.CampaignStore;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactState;
import dev.revox.order.PlacedOrder;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Campaigns that are forgotten when the process ends.
 *
 * <p><b>Thread:</b> Thread-safe; one lock, which the order tables hold too when they call {@link #check} and {@link #apply}.
 */
public final class MemoryCampaigns implements CampaignStore {
    private final Object lock;
    private final Map<Optional<String>, NavigableMap<String, CampaignTable>> byTenant = new HashMap<>();
    private final Set<CampaignKey> active = new LinkedHashSet<>();

    /**
     * Without any campaign.
     *
     * @param lock the lock of the tables that orders are in
     */
    public MemoryCampaigns(Object lock) {
        this.lock = lock;
    }

    /** Refuses a transition that its campaign does not allow. */
    public void check(Transition transition) {
        PlacedOrder order = transition.order().order();
        order.campaign()
                .flatMap(ref -> table(new CampaignKey(order.organizationId(), ref.id())))
                .ifPresent(table -> {
                    boolean runs = table.campaign.status() == CampaignStatus.RUNNING;
                    if (transition.expectedVersion() == Transition.NEW_ORDER) {
                        checkNew(table, order.id(), runs);
                    }
                    transition.beginning().ifPresent(beginning -> checkBeginning(table, beginning.now(), runs));
                });
    }

    private static void checkNew(CampaignTable table, String id, boolean runs) {
        Optional<ContactState> state = table.contact(id).map(Contact::state);
        if (state.isPresent() && (!runs || state.get() != ContactState.PENDING)) {
            throw new StoreConflictException(
                    Reason.CONTACT, "contact " + id + " is not pending, or its campaign is not running");
        }
    }

    private static void checkBeginning(CampaignTable table, Instant now, boolean runs) {
        String id = table.campaign.id();
        if (!runs) {
            throw new StoreConflictException(Reason.CAMPAIGN, "campaign " + id + " is not running");
        }
        if (now.isBefore(table.freeAt)) {
            throw StoreConflictException.paced(id, table.freeAt);
        }
    }

    /** Notes what a transition means for its contact. */
    public void apply(Transition transition) {
        transition
                .contactMove()
                .ifPresent(move -> table(move.campaign()).ifPresent(table -> {
                    table.contact(move.contactId())
                            .map(contact -> contact.moved(move.to()))
                            .ifPresent(table::replace);
                    Duration spacing = table.campaign.spec().spacing();
                    transition
                            .beginning()
                            .filter(unused -> !spacing.isZero())
                            .ifPresent(
                                    beginning -> table.freeAt = beginning.now().plus(spacing));
                }));
    }

    private Optional<CampaignTable> table(CampaignKey key) {
        return Optional.ofNullable(of(key.tenant()).get(key.id()));
    }

    private NavigableMap<String, CampaignTable> of(Optional<String> tenant) {
        return byTenant.computeIfAbsent(tenant, unused -> new TreeMap<>());
    }

    @Override
    public void insert(Campaign campaign) {
        synchronized (lock) {
            if (table(campaign.key()).isPresent()) {
                throw new ResourceConflictException("campaign " + campaign.id() + " is there already");
            }
            of(campaign.key().tenant()).put(campaign.id(), new CampaignTable(campaign));
            noteActive(campaign);
        }
    }

    private void noteActive(Campaign campaign) {
        if (campaign.active()) {
            active.add(campaign.key());
        } else {
            active.remove(campaign.key());
        }
    }

    @Override
    public Optional<Campaign> find(CampaignKey key) {
        synchronized (lock) {
            return table(key).map(table -> table.campaign);
        }
    }

    @Override
    public void update(Campaign changed) {
        synchronized (lock) {
            CampaignTable table = table(changed.key())
                    .filter(known -> known.campaign.version() == changed.version() - 1)
                    .orElseThrow(() -> new ResourceConflictException(
                            "campaign " + changed.id() + " was changed since; read it again"));
            table.campaign = changed;
            noteActive(changed);
        }
    }

    @Override
    public boolean finish(CampaignKey key, Instant now) {
        synchronized (lock) {
            Optional<CampaignTable> done = table(key)
                    .filter(table -> table.campaign.active())
                    .filter(table ->
                            table.progress().pending() == 0 && table.progress().open() == 0);
            done.ifPresent(table -> {
                table.campaign = table.campaign.ended(now);
                noteActive(table.campaign);
            });
            return done.isPresent();
        }
    }

    @Override
    public Page<Campaign> list(Optional<String> tenant, Optional<String> after, int limit) {
        synchronized (lock) {
            NavigableMap<String, CampaignTable> all = of(tenant);
            return Page.of(
                    after.map(id -> all.tailMap(id, false)).orElse(all).values().stream()
                            .limit(Page.checked(limit) + 1L)
                            .map(table -> table.campaign)
                            .toList(),
                    limit,
                    Campaign::id);
        }
    }

    @Override
    public List<CampaignKey> active(int most) {
        synchronized (lock) {
            return active.stream().limit(most).toList();
        }
    }

    @Override
    public List<Contact> add(CampaignKey key, List<Contact> contacts) {
        synchronized (lock) {
            CampaignTable table = table(key)
                    .filter(known -> known.campaign.takesContacts())
                    .orElseThrow(() -> new ResourceConflictException("campaign " + key.id()
                            + " takes no more contacts: it is completed, cancelled, or not there"));
            return contacts.stream().filter(table::add).toList();
        }
    }

    @Override
    public Optional<Contact> contact(CampaignKey key, String id) {
        synchronized (lock) {
            return table(key).flatMap(table -> table.contact(id));
        }
    }

    @Override
    public Page<Contact> contacts(CampaignKey key, Optional<ContactState> state, Optional<String> after, int limit) {
        synchronized (lock) {
            return table(key)
                    .map(table -> table.page(state, after, limit))
                    .orElse(new Page<>(List.of(), Optional.empty()));
        }
    }

    @Override
    public boolean reject(CampaignKey key, String contactId, String why) {
        synchronized (lock) {
            Optional<CampaignTable> table = table(key);
            Optional<Contact> pending = table.flatMap(known -> known.contact(contactId))
                    .filter(contact -> contact.state() == ContactState.PENDING);
            pending.ifPresent(
                    contact -> table.orElseThrow().replace(contact.dropped(ContactState.REJECTED, Optional.of(why))));
            return pending.isPresent();
        }
    }

    @Override
    public int cancelPending(CampaignKey key, int most) {
        synchronized (lock) {
            Optional<CampaignTable> table =
                    table(key).filter(known -> known.campaign.status() == CampaignStatus.CANCELLED);
            List<Contact> pending = table.map(known -> known.page(
                                    Optional.of(ContactState.PENDING), Optional.empty(), Math.min(most, Page.LARGEST))
                            .items())
                    .orElse(List.of());
            pending.forEach(
                    contact -> table.orElseThrow().replace(contact.dropped(ContactState.CANCELLED, Optional.empty())));
            return pending.size();
        }
    }

    @Override
    public CampaignProgress progress(CampaignKey key) {
        synchronized (lock) {
            return table(key).map(CampaignTable::progress).orElse(new CampaignProgress(Map.of()));
        }
    }
}
