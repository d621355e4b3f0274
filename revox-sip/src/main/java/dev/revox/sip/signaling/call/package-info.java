/**
 * Calls from their first message to their last: the calling side and the called side. Doors: {@link
 * dev.revox.sip.signaling.call.UacCall}, {@link dev.revox.sip.signaling.call.UasCall}.
 *
 * <p>Each call is one small state machine in its leg's mailbox; time comes through {@code TimeSource}, messages through
 * {@code SipTransport}, so that a call runs without a socket in tests.
 */
@NullMarked
package dev.revox.sip.signaling.call;

import org.jspecify.annotations.NullMarked;
