/**
 * A small SIP telephone that follows a script: it answers, refuses or never answers, speaks recorded sentences, listens, and
 * hangs up. Doors: {@link dev.revox.testkit.phone.TestPhone}, {@link dev.revox.testkit.phone.Step}, {@link
 * dev.revox.testkit.phone.PhoneCall}.
 *
 * <p>It stands for the world outside: it has its own SIP, SDP and RTP and shares no code with the product, so that both
 * cannot be wrong in the same way. It talks over real sockets on loopback in real time.
 */
@NullMarked
package dev.revox.testkit.phone;

import org.jspecify.annotations.NullMarked;
