/**
 * What every provider is told before it is used: where it is, who we are to it, which model. Doors: {@link
 * dev.revox.agent.provider.ProviderBuilder} for those who make one, {@link dev.revox.agent.provider.ProviderSettings} for the
 * provider itself. Knows no provider and no protocol.
 */
@NullMarked
package dev.revox.agent.provider;

import org.jspecify.annotations.NullMarked;
