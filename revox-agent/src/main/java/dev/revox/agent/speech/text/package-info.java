/**
 * How a clean text is said: what voices read badly, written out. Doors: {@link dev.revox.agent.speech.text.SpeechWriter}, {@link
 * dev.revox.agent.speech.text.SpokenForm}.
 */
@NullMarked
package dev.revox.agent.speech.text;

import org.jspecify.annotations.NullMarked;
