/**
 * The header fields of calls, read and written: pure functions of text. What cannot be read is empty, never an exception.
 *
 * <p>Neighbours: {@code .session} and {@code .call} act on what is read here.
 */
@NullMarked
package dev.revox.sip.signaling.header;

import org.jspecify.annotations.NullMarked;
