/**
 * What stands between the sockets and the SIP library's parser. Door: {@link dev.revox.sip.signaling.wire.Wires}.
 *
 * <p>Only here are both the bytes and the source of a message in sight before it is parsed, so the valve sits here.
 */
@NullMarked
package dev.revox.sip.signaling.wire;

import org.jspecify.annotations.NullMarked;
