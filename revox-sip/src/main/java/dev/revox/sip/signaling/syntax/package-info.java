/**
 * What a message must satisfy as bytes, before and beside the library's parser, which accepts about half of what RFC 4475 calls
 * invalid. Door: {@link dev.revox.sip.signaling.syntax.StrictParserFactory}, which the stack makes by reflection; what it finds
 * travels with the parsed message as a {@link dev.revox.sip.signaling.syntax.Flaw}.
 */
@NullMarked
package dev.revox.sip.signaling.syntax;

import org.jspecify.annotations.NullMarked;
