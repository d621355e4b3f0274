package dev.revox.campaign;

import dev.revox.resource.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where campaigns and their contacts live.
 *
 * <p>A contact's state changes in the very transaction that changes its order: the store takes {@code Transition.contactMove()} of
 * each. A new order whose id is that of a contact is refused unless the contact is pending and the campaign runs, and no attempt
 * begins while the order's campaign does not run, or sooner after another one than its pace allows. The counts are kept along.
 *
 * <p>Every method may block on I/O, and throws a retryable {@code RevoxException} when the store cannot be reached.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface CampaignStore {
    /** Adds a campaign of version 0. */
    void insert(Campaign campaign);

    Optional<Campaign> find(CampaignKey key);

    /**
     * Replaces a campaign, if the stored one is of the version before.
     *
     * @throws dev.revox.resource.ResourceConflictException when it is not
     */
    void update(Campaign changed);

    /**
     * Ends an active campaign that has neither pending contacts nor unsettled orders.
     *
     * @return true for the one call that did it
     */
    boolean finish(CampaignKey key, Instant now);

    /** A tenant's campaigns by id, which is in the order of their creation. */
    Page<Campaign> list(Optional<String> tenant, Optional<String> after, int limit);

    /** Campaigns that an engine has to look after, of all tenants. */
    List<CampaignKey> active(int most);

    /**
     * Adds contacts, but for those whose id or reference the campaign has already. As a whole or not at all.
     *
     * @param contacts at most {@value Page#LARGEST}
     * @return those that were added
     * @throws dev.revox.resource.ResourceConflictException when the campaign is not there, or takes no more contacts
     */
    List<Contact> add(CampaignKey key, List<Contact> contacts);

    Optional<Contact> contact(CampaignKey key, String id);

    /** A campaign's contacts by id, all or those of a state. */
    Page<Contact> contacts(CampaignKey key, Optional<ContactState> state, Optional<String> after, int limit);

    /** Notes that no order can be made of a pending contact; false when it is not pending. */
    boolean reject(CampaignKey key, String contactId, String why);

    /** Cancels some of the pending contacts of a cancelled campaign; how many. */
    int cancelPending(CampaignKey key, int most);

    CampaignProgress progress(CampaignKey key);
}
