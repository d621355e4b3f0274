/**
 * HTTP digest authentication as SIP uses it, both sides (RFC 3261 §22, RFC 7616, RFC 8760). Doors: {@link
 * dev.revox.sip.digest.DigestClient}, {@link dev.revox.sip.digest.DigestServer}.
 */
@NullMarked
package dev.revox.sip.digest;

import org.jspecify.annotations.NullMarked;
