/**
 * What the speech providers share: bytes to samples, and how long they may take. Doors: {@link dev.revox.agent.tts.sound.SoundIntake}, {@link
 * dev.revox.agent.tts.sound.PcmDecoder}, {@link dev.revox.agent.tts.sound.SpeechDeadlines}.
 */
@NullMarked
package dev.revox.agent.tts.sound;

import org.jspecify.annotations.NullMarked;
