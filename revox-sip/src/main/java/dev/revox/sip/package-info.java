/**
 * The SIP telephone. Doors: {@link dev.revox.sip.SipCallLine}, {@link dev.revox.sip.SipTrunk}, {@link
 * dev.revox.sip.SipSettings}.
 *
 * <p>This room joins the two halves of a leg: signalling ({@code .signaling}) and media ({@code .media}).
 */
@NullMarked
package dev.revox.sip;

import org.jspecify.annotations.NullMarked;
