/**
 * Recognition by Deepgram, word by word over one WebSocket per call. Door: {@link
 * dev.revox.agent.stt.deepgram.DeepgramTranscription}.
 */
@NullMarked
package dev.revox.agent.stt.deepgram;

import org.jspecify.annotations.NullMarked;
