package dev.revox.campaign.feed;

import dev.revox.assistant.Assistant;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.CampaignStore;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.order.TimeOrderedIds;
import dev.revox.order.Violation;
import dev.revox.order.rules.AssistantDirectory;
import dev.revox.order.rules.OrderRules;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.time.TimeSource;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A tenant's campaigns. One is put together as a draft, launched, maybe paused and resumed, and ends by itself or is cancelled;
 * meanwhile each of its contacts becomes one order.
 *
 * <p>Every method blocks on the store.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Campaigns {
    private static final int TRIES = 20;

    private final CampaignStore store;
    private final OrderRules rules;
    private final AssistantDirectory assistants;
    private final TimeSource time;
    private final CampaignFeeder feeder;
    private final TimeOrderedIds ids;
    private final ContactIntake intake;
    private final Optional<String> tenant;

    /**
     * Opens a tenant's campaigns.
     *
     * @param ids gives the ids of contacts, and so of their orders
     */
    public Campaigns(
            CampaignStore store,
            OrderRules rules,
            AssistantDirectory assistants,
            TimeSource time,
            CampaignFeeder feeder,
            TimeOrderedIds ids,
            Optional<String> tenant) {
        this.store = store;
        this.rules = rules;
        this.assistants = assistants;
        this.time = time;
        this.feeder = feeder;
        this.ids = ids;
        this.intake = new ContactIntake(store, time, ids);
        this.tenant = tenant;
    }

    /**
     * Stores a draft.
     *
     * @throws InvalidResourceException with everything that is wrong with an assistant given inline
     */
    public Campaign create(CampaignSpec spec) {
        if (spec.assistantId().isEmpty()) {
            spec.assistant().ifPresent(this::require);
        }
        Instant now = time.instant();
        Campaign draft = Campaign.draft(new CampaignKey(tenant, ids.next(now)), spec, now);
        store.insert(draft);
        return draft;
    }

    public Optional<Campaign> get(String id) {
        return store.find(key(id));
    }

    /**
     * A page of all campaigns, oldest first.
     *
     * @param after the {@code next} of the page before
     * @param limit 1..{@value Page#LARGEST}
     */
    public Page<Campaign> list(Optional<String> after, int limit) {
        return store.list(tenant, after, Page.checked(limit));
    }

    /** Adds contacts; see {@link #addContacts(String, Iterator)}. The stream is not closed. */
    public AddedContacts addContacts(String id, Stream<ContactData> contacts) {
        return addContacts(id, contacts.iterator());
    }

    /**
     * Adds contacts, read and stored a thousand at a time. One whose number cannot be read is kept as rejected and stops nothing. A
     * contact whose reference is known is left out, so that an import that broke off can be done again from the start.
     *
     * <p>A campaign that runs may be added to as long as it has something left to do: then it completes.
     *
     * @throws ResourceConflictException when the campaign is not there, completed or cancelled; batches before it are stored
     */
    public AddedContacts addContacts(String id, Iterator<ContactData> contacts) {
        return intake.add(key(id), contacts);
    }

    /**
     * Begins to call. The assistant is taken as it is now, for all of the campaign.
     *
     * @return false when it was launched before, or is unknown
     * @throws InvalidResourceException when the assistant is missing or has a fault
     */
    public boolean launch(String id) {
        boolean launched = change(
                id,
                campaign -> campaign.status() == CampaignStatus.DRAFT
                        ? campaign.launched(assistant(campaign.spec()), time.instant())
                        : campaign);
        feeder.wake(key(id));
        return launched;
    }

    /**
     * Stops for now: no further call begins, on whatever engine. Calls that are up go on.
     *
     * @return false when it does not run
     */
    public boolean pause(String id) {
        return change(id, campaign -> to(campaign, CampaignStatus.PAUSED, CampaignStatus.RUNNING));
    }

    /**
     * Goes on where {@link #pause} stopped. An order that the host has paused by itself stays so.
     *
     * @return false when it is not paused
     */
    public boolean resume(String id) {
        boolean resumed = change(id, campaign -> to(campaign, CampaignStatus.RUNNING, CampaignStatus.PAUSED));
        feeder.wake(key(id));
        return resumed;
    }

    /**
     * Ends it for good: no further call begins, and calls that are up are hung up. Its contacts and orders are cancelled soon after
     * this returns.
     *
     * @return false when it has ended already, or is unknown
     */
    public boolean cancel(String id) {
        boolean cancelled = change(
                id,
                campaign -> to(
                        campaign,
                        CampaignStatus.CANCELLED,
                        CampaignStatus.DRAFT,
                        CampaignStatus.RUNNING,
                        CampaignStatus.PAUSED));
        feeder.wake(key(id));
        return cancelled;
    }

    /** How many contacts stand where; all zero for an unknown campaign. */
    public CampaignProgress progress(String id) {
        return store.progress(key(id));
    }

    public Optional<Contact> contact(String id, String contactId) {
        return store.contact(key(id), contactId);
    }

    /**
     * A page of a campaign's contacts in the order in which they were added. The order of one has its id.
     *
     * @param state only those that stand there
     * @param after the {@code next} of the page before
     * @param limit 1..{@value Page#LARGEST}
     */
    public Page<Contact> contacts(String id, Optional<ContactState> state, Optional<String> after, int limit) {
        return store.contacts(key(id), state, after, Page.checked(limit));
    }

    private CampaignKey key(String id) {
        return new CampaignKey(tenant, id);
    }

    private Campaign to(Campaign campaign, CampaignStatus next, CampaignStatus... from) {
        return List.of(from).contains(campaign.status()) ? campaign.withStatus(next, time.instant()) : campaign;
    }

    /** True when the campaign was changed. */
    private boolean change(String id, UnaryOperator<Campaign> step) {
        for (int tried = 1; ; tried++) {
            Optional<Campaign> known = store.find(key(id));
            Campaign changed = known.map(step).orElse(null);
            if (changed == null || changed.equals(known.orElse(null))) {
                return false;
            }
            try {
                store.update(changed);
                return true;
            } catch (ResourceConflictException moved) {
                if (tried == TRIES) {
                    throw moved;
                }
            }
        }
    }

    private Assistant assistant(CampaignSpec spec) {
        Assistant found = spec.assistantId()
                .map(id -> assistants
                        .stored(tenant, id)
                        .orElseThrow(() -> InvalidResourceException.of(
                                "assistantId", "names no stored assistant; save it first or give one inline")))
                .or(spec::assistant)
                .or(() -> assistants.fallback(tenant))
                .orElseThrow(() -> InvalidResourceException.of(
                        "assistant", "give the campaign an assistant or an assistantId; the engine has no default"));
        require(found);
        return found.snapshot(UUID.randomUUID().toString(), time.instant());
    }

    private void require(Assistant assistant) {
        List<Violation> violations =
                rules.review(assistant.toBuilder().tenant(tenant).build());
        if (!violations.isEmpty()) {
            throw new InvalidResourceException(violations);
        }
    }
}
