/** Google's Gemini Live API over WebSockets. Door: {@link dev.revox.agent.realtime.gemini.GeminiLive}. */
@NullMarked
package dev.revox.agent.realtime.gemini;

import org.jspecify.annotations.NullMarked;
