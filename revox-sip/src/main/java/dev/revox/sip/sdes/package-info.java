/**
 * Keys for encrypted sound that travel in session descriptions (RFC 4568). Doors: {@link dev.revox.sip.sdes.MediaEncryption} (what
 * a trunk asks for), {@link dev.revox.sip.sdes.KeyExchange} (one leg's half of offers and answers), {@link
 * dev.revox.sip.sdes.SrtpKeys} (what was agreed; {@code .srtp} works with it).
 *
 * <p>Keys never get into a {@code toString}.
 */
@NullMarked
package dev.revox.sip.sdes;

import org.jspecify.annotations.NullMarked;
