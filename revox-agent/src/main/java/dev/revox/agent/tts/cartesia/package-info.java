/**
 * Speech from Cartesia over warm WebSockets. Door: {@link dev.revox.agent.tts.cartesia.CartesiaSpeech}. Sound arrives on the
 * sockets' event loop.
 */
@NullMarked
package dev.revox.agent.tts.cartesia;

import org.jspecify.annotations.NullMarked;
