/**
 * Campaigns: many people called by one assistant. Doors: {@link dev.revox.campaign.CampaignSpec} (what a host asks for), {@link
 * dev.revox.campaign.Campaign}, {@link dev.revox.campaign.Contact}, {@link dev.revox.campaign.CampaignStore} (the port). What makes
 * contacts into orders stands in {@code feed}.
 */
@NullMarked
package dev.revox.campaign;

import org.jspecify.annotations.NullMarked;
