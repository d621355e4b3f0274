/**
 * A small HTTP and WebSocket server on 127.0.0.1 that can misbehave on purpose and knows at once when a client has gone.
 * Doors: {@link dev.revox.testkit.server.LocalServer}, {@link dev.revox.testkit.server.HttpCall}, {@link
 * dev.revox.testkit.server.SocketCall}. The testkit's only room with Netty.
 */
@NullMarked
package dev.revox.testkit.server;

import org.jspecify.annotations.NullMarked;
