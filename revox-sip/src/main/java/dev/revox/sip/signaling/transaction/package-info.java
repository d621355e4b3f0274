/**
 * Both sides of transactions: what was said to which request and for how long it is said again, and what we asked and until when its answer
 * can come.
 *
 * <p>Doors: {@link dev.revox.sip.signaling.transaction.ServerTransactions}, {@link dev.revox.sip.signaling.transaction.ClientTransactions}, and
 * {@link dev.revox.sip.signaling.transaction.EqualWaits} for whatever else is remembered for 64*T1. Nothing here knows the SIP library: {@code
 * .stack} reads messages with it and tells {@link dev.revox.sip.signaling.transaction.Echo} what a response repeats of a request.
 */
@NullMarked
package dev.revox.sip.signaling.transaction;

import org.jspecify.annotations.NullMarked;
