/**
 * Local voices and a local recogniser that speak their providers' WebSocket protocols. Doors: {@link
 * dev.revox.testkit.provider.socket.CartesiaServer}, {@link dev.revox.testkit.provider.socket.ElevenLabsServer}, {@link
 * dev.revox.testkit.provider.socket.DeepgramServer}.
 */
@NullMarked
package dev.revox.testkit.provider.socket;

import org.jspecify.annotations.NullMarked;
