/**
 * Whether one more call may come in: by number and by how far the line is behind with those that it has. Door: {@link
 * dev.revox.sip.admission.IncomingLimit}; neighbours: {@code signaling.switchboard} behind it, the office that counts.
 */
@NullMarked
package dev.revox.sip.admission;

import org.jspecify.annotations.NullMarked;
