/** Tests of this room. */
@NullMarked
package dev.revox.sip.sdp;

import org.jspecify.annotations.NullMarked;
