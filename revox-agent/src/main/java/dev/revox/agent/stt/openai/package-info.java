/**
 * Speech recognition, one utterance at a time, by any endpoint that speaks OpenAI's {@code audio/transcriptions}. Door:
 * {@link dev.revox.agent.stt.openai.OpenAiTranscription}. Words arrive on virtual threads.
 */
@NullMarked
package dev.revox.agent.stt.openai;

import org.jspecify.annotations.NullMarked;
