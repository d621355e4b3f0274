/** What a model is asked to say, and the tools that it calls. Door: {@link dev.revox.agent.realtime.answer.Answers}. */
@NullMarked
package dev.revox.agent.realtime.answer;

import org.jspecify.annotations.NullMarked;
