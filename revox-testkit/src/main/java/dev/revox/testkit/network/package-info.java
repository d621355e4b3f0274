/**
 * A bad network for packets of RTP: what it does is a {@link dev.revox.testkit.network.NetworkProfile}, repeatable by its seed.
 * Doors: {@link dev.revox.testkit.network.BadNetwork} (virtual time, no sockets), {@link dev.revox.testkit.network.UdpRelay} (the
 * same between two sockets on loopback).
 */
@NullMarked
package dev.revox.testkit.network;

import org.jspecify.annotations.NullMarked;
