/**
 * Whole conversations in virtual time: a script of what the person says and what the providers do, and the timeline that came
 * of it. Doors: {@link dev.revox.testkit.script.ScriptedCall}, {@link dev.revox.testkit.script.CallTimeline}.
 */
@NullMarked
package dev.revox.testkit.script;

import org.jspecify.annotations.NullMarked;
