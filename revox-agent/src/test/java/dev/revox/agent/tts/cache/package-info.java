/** Sound that is kept. */
@NullMarked
package dev.revox.agent.tts.cache;

import org.jspecify.annotations.NullMarked;
