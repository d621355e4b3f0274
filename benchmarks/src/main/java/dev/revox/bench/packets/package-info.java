/**
 * What a packet costs on its way through the media sockets: a process that returns or relays packets of many streams, beside a C program
 * that returns them and beside rtpengine.
 *
 * <p>Door: {@code PacketHarness}. Each side is a process of its own; its processor time is read from the kernel.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.packets;
