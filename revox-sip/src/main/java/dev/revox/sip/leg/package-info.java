/**
 * One leg of a call: signalling and media under one id.
 *
 * <p>Door: {@code SipLeg}. Commands are thread-safe; events come in the leg's mailbox. Neighbours: {@code sip.signaling} and {@code sip.media}
 * below, {@code sip} above.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.sip.leg;
