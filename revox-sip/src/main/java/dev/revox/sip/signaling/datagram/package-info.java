/**
 * The UDP socket under the SIP library's parser, with the valve in front, and where messages leave the library. Doors: {@link
 * dev.revox.sip.signaling.datagram.ValvedDatagrams}, {@link dev.revox.sip.signaling.datagram.MessageTaker}.
 */
@NullMarked
package dev.revox.sip.signaling.datagram;

import org.jspecify.annotations.NullMarked;
