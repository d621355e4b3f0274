/**
 * What a model says, on its way to the mouth, and what was heard of it. Doors: {@link
 * dev.revox.agent.realtime.voice.AgentVoice}, {@link dev.revox.agent.realtime.voice.Talk}.
 */
@NullMarked
package dev.revox.agent.realtime.voice;

import org.jspecify.annotations.NullMarked;
