@NullMarked
package dev.revox.agent.dialogue;

import org.jspecify.annotations.NullMarked;
