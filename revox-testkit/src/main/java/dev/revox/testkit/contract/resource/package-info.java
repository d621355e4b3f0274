/**
 * What every store promises of resources and campaigns. Doors: {@link
 * dev.revox.testkit.contract.resource.ResourceStoreContract}, {@link dev.revox.testkit.contract.resource.CampaignStoreContract},
 * which a store's tests extend.
 */
@NullMarked
package dev.revox.testkit.contract.resource;

import org.jspecify.annotations.NullMarked;
