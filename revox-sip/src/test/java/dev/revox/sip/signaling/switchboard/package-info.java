/** Tests of this room. */
@NullMarked
package dev.revox.sip.signaling.switchboard;

import org.jspecify.annotations.NullMarked;
