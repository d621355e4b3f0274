package dev.revox.campaign;

import dev.revox.order.OrderKey;
import java.util.Optional;

/**
 * What identifies a campaign: its tenant and its id.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tenant the organization, empty without tenants
 */
public record CampaignKey(Optional<String> tenant, String id) {
    /** The order of one of its contacts, which has the contact's id. */
    public OrderKey order(String contactId) {
        return new OrderKey(tenant, contactId);
    }
}
