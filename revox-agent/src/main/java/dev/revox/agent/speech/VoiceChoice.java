package dev.revox.agent.speech;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;

/**
 * A voice and the provider that has it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param forFixedTexts the same provider behind the sound that is kept of texts which many calls say
 */
public record VoiceChoice(TextToSpeech provider, TextToSpeech forFixedTexts, Voice voice) {}
