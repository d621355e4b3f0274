/** Campaigns in memory. Door: {@link dev.revox.store.memory.campaign.MemoryCampaigns}. */
@NullMarked
package dev.revox.store.memory.campaign;

import org.jspecify.annotations.NullMarked;
