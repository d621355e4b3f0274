/**
 * SIP messages and the port to the transactions underneath; nothing here knows the library that carries them out.
 *
 * <p>Doors: {@link dev.revox.sip.signaling.SipTransport} (sends), {@link dev.revox.sip.signaling.SipInbox} (receives).
 * Neighbours: {@code .stack} carries it out with JAIN-SIP, {@code .call} holds the calls.
 */
@NullMarked
package dev.revox.sip.signaling;

import org.jspecify.annotations.NullMarked;
