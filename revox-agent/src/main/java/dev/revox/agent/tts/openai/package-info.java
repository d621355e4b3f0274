/**
 * Speech from any endpoint that speaks OpenAI's {@code audio/speech}. Door: {@link
 * dev.revox.agent.tts.openai.OpenAiSpeech}. Sound arrives on virtual threads.
 */
@NullMarked
package dev.revox.agent.tts.openai;

import org.jspecify.annotations.NullMarked;
