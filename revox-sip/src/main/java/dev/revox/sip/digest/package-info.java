/**
 * HTTP digest authentication as SIP uses it, the client's side (RFC 3261 §22, RFC 7616, RFC 8760). Door: {@link
 * dev.revox.sip.digest.DigestClient}.
 */
@NullMarked
package dev.revox.sip.digest;

import org.jspecify.annotations.NullMarked;
