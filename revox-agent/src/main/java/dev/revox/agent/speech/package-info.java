/**
 * What the agent says: from model text to clauses, sound, and what was heard of it. Doors: {@link
 * dev.revox.agent.speech.Speaker}, {@link dev.revox.agent.speech.Speech}.
 */
@NullMarked
package dev.revox.agent.speech;

import org.jspecify.annotations.NullMarked;
