/** Speech recognition. Door: {@link dev.revox.agent.stt.SpeechToText}. */
@NullMarked
package dev.revox.agent.stt;

import org.jspecify.annotations.NullMarked;
