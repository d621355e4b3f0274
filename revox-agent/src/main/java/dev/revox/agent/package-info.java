/** The voice agent. Doors: {@link dev.revox.agent.VoiceAgents}, {@link dev.revox.agent.LanguageModels}. */
@NullMarked
package dev.revox.agent;

import org.jspecify.annotations.NullMarked;
