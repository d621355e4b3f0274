/** Local voices that speak their providers' WebSocket protocols. Doors: {@link dev.revox.testkit.provider.socket.CartesiaServer}, {@link dev.revox.testkit.provider.socket.ElevenLabsServer}. */
@NullMarked
package dev.revox.testkit.provider.socket;

import org.jspecify.annotations.NullMarked;
