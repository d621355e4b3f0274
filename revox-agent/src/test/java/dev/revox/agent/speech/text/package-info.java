/** How texts are said. */
@NullMarked
package dev.revox.agent.speech.text;

import org.jspecify.annotations.NullMarked;
