/**
 * What the speech providers share: bytes to samples, how long they may take, and what a voice over WebSockets is made of. Doors:
 * {@link dev.revox.agent.tts.sound.SocketVoice} and {@link dev.revox.agent.tts.sound.SoundIntake} for voices over WebSockets,
 * {@link dev.revox.agent.tts.sound.PcmDecoder} and {@link dev.revox.agent.tts.sound.SpeechDeadlines} for all.
 */
@NullMarked
package dev.revox.agent.tts.sound;

import org.jspecify.annotations.NullMarked;
