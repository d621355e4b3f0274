/**
 * What makes contacts into orders. Doors: {@link dev.revox.campaign.feed.Campaigns} for hosts, {@link
 * dev.revox.campaign.feed.CampaignFeeder} for the engine. Feeding has a mailbox of its own: it shares no thread with what dials.
 */
@NullMarked
package dev.revox.campaign.feed;

import org.jspecify.annotations.NullMarked;
