package dev.revox.agent.speech;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;

/** A voice and the provider that has it. <b>Thread:</b> Immutable. */
public record VoiceChoice(TextToSpeech provider, Voice voice) {}
