/** Calls without a socket: a world of virtual time in which a test plays the other side. */
@NullMarked
package dev.revox.sip.signaling.call;

import org.jspecify.annotations.NullMarked;
