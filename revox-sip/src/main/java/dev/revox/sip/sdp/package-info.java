/**
 * Session descriptions: reading, writing, offer and answer (RFC 8866, RFC 3264).
 *
 * <p>Doors: {@link dev.revox.sip.sdp.AudioNegotiation} (one leg's half of every offer and answer) and {@link
 * dev.revox.sip.sdp.NegotiatedMedia} (what came of it).
 */
@NullMarked
package dev.revox.sip.sdp;

import org.jspecify.annotations.NullMarked;
