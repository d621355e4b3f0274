/**
 * The answering side of transactions: what was said to which request, and for how long it is said again.
 *
 * <p>Door: {@link dev.revox.sip.signaling.transaction.ServerTransactions}. Nothing here knows the SIP library: {@code .stack} reads requests
 * with it and tells {@link dev.revox.sip.signaling.transaction.Echo} what a response repeats of them. The calling side's transactions are the
 * library's.
 */
@NullMarked
package dev.revox.sip.signaling.transaction;

import org.jspecify.annotations.NullMarked;
