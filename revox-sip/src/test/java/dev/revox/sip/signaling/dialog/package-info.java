/** Tests of this room. */
@NullMarked
package dev.revox.sip.signaling.dialog;

import org.jspecify.annotations.NullMarked;
