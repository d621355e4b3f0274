/**
 * Sound of fixed texts that is made once and said in many calls. Door: {@link dev.revox.agent.tts.cache.SpeechCache}, set by
 * {@link dev.revox.agent.tts.cache.SpeechCacheSettings}.
 */
@NullMarked
package dev.revox.agent.tts.cache;

import org.jspecify.annotations.NullMarked;
