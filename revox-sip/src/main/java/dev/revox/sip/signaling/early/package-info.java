/**
 * A call before its answer: the telephones that an INVITE of ours has reached, where it may go next, and the ringing of a call
 * that comes in. Doors: {@link dev.revox.sip.signaling.early.EarlyDialogs}, {@link dev.revox.sip.signaling.early.Redirects},
 * {@link dev.revox.sip.signaling.early.Doorbell}. All of it is confined to the leg's mailbox.
 */
@NullMarked
package dev.revox.sip.signaling.early;

import org.jspecify.annotations.NullMarked;
