/** The words around the host's prompt. Doors: {@link dev.revox.agent.prompt.PhonePrompt}, {@link dev.revox.agent.prompt.Phrases}. */
@NullMarked
package dev.revox.agent.prompt;

import org.jspecify.annotations.NullMarked;
