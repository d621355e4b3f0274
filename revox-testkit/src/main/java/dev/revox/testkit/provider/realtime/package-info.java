/**
 * Local models that hear and speak themselves, each behind its provider's WebSocket protocol. Doors: {@link
 * dev.revox.testkit.provider.realtime.OpenAiRealtimeServer}, {@link dev.revox.testkit.provider.realtime.GeminiLiveServer}.
 */
@NullMarked
package dev.revox.testkit.provider.realtime;

import org.jspecify.annotations.NullMarked;
