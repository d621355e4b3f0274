/**
 * A line's side of the network: its wire, its trunks at work, and their upkeep. Door: {@link
 * dev.revox.sip.exchange.TrunkExchange}.
 */
@NullMarked
package dev.revox.sip.exchange;

import org.jspecify.annotations.NullMarked;
