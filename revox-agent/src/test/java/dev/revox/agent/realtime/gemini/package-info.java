/** Sessions with Gemini Live. */
@NullMarked
package dev.revox.agent.realtime.gemini;

import org.jspecify.annotations.NullMarked;
