/** What the agent is: immutable configuration, field by field. Door: {@link dev.revox.assistant.Assistant}. */
@NullMarked
package dev.revox.assistant;

import org.jspecify.annotations.NullMarked;
