/**
 * The call API page's JSON on one side, the domain on the other; the only room of the core that reads and writes JSON documents.
 *
 * <p>Doors: {@link dev.revox.wire.OrderReader} for the request, {@link dev.revox.wire.CallReport} for the response. No type of the
 * JSON library appears in a public signature. <b>Thread:</b> doors are immutable.
 */
@NullMarked
package dev.revox.wire;

import org.jspecify.annotations.NullMarked;
