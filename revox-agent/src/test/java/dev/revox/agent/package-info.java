/** The voice agent's builder. */
@NullMarked
package dev.revox.agent;

import org.jspecify.annotations.NullMarked;
