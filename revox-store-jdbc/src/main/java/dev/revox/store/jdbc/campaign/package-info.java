/**
 * Campaigns in tables. Doors: {@link dev.revox.store.jdbc.campaign.JdbcCampaigns} (the port), {@link
 * dev.revox.store.jdbc.campaign.CampaignStep} (their part of an order's transaction).
 */
@NullMarked
package dev.revox.store.jdbc.campaign;

import org.jspecify.annotations.NullMarked;
