/**
 * Speech from ElevenLabs, a WebSocket per utterance. Door: {@link dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech}. Sound
 * arrives on the sockets' event loop.
 */
@NullMarked
package dev.revox.agent.tts.elevenlabs;

import org.jspecify.annotations.NullMarked;
