/**
 * WebSocket clients for streaming providers; the agent's only room with Netty. Doors: {@link
 * dev.revox.agent.socket.WebSockets}, {@link dev.revox.agent.socket.WebSocket}, {@link
 * dev.revox.agent.socket.SocketListener}. Listeners are called on one event loop and must not block it.
 */
@NullMarked
package dev.revox.agent.socket;

import org.jspecify.annotations.NullMarked;
