package dev.revox.campaign;

/**
 * What a change of an order makes of its contact; see {@link Contact#moved}.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record ContactMove(CampaignKey campaign, String contactId, ContactState to) {}
