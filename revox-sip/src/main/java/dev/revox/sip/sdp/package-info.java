/** Session descriptions: offer and answer (RFC 8866, RFC 3264). */
@NullMarked
package dev.revox.sip.sdp;

import org.jspecify.annotations.NullMarked;
