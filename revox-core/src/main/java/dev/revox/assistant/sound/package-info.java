/** How the agent sounds: its voice, how it opens and closes a call, what plays beneath. Door: {@link dev.revox.assistant.sound.Voice}. */
@NullMarked
package dev.revox.assistant.sound;

import org.jspecify.annotations.NullMarked;
