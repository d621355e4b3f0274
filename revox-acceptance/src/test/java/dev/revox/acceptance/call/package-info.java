/** Whole calls over real SIP and RTP on loopback. */
@NullMarked
package dev.revox.acceptance.call;

import org.jspecify.annotations.NullMarked;
