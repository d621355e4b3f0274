/**
 * Datagram sockets of media loops: a port, one implementation on the JDK's channels and one on Netty, and the range of ports
 * they may use. Doors: {@link dev.revox.sip.transport.DatagramTransport}, {@link dev.revox.sip.transport.PortRange}. The only
 * room of this module that knows Netty.
 */
@NullMarked
package dev.revox.sip.transport;

import org.jspecify.annotations.NullMarked;
