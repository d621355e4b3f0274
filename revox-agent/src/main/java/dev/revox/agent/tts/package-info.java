/** Speech synthesis. Door: {@link dev.revox.agent.tts.TextToSpeech}. */
@NullMarked
package dev.revox.agent.tts;

import org.jspecify.annotations.NullMarked;
