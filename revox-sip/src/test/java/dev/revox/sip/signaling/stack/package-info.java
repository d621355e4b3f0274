/** Tests of this room. */
@NullMarked
package dev.revox.sip.signaling.stack;

import org.jspecify.annotations.NullMarked;
