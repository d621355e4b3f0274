/** OpenAI's Realtime API over WebSockets. Door: {@link dev.revox.agent.realtime.openai.OpenAiRealtime}. */
@NullMarked
package dev.revox.agent.realtime.openai;

import org.jspecify.annotations.NullMarked;
