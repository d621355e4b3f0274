/** What the providers of realtime models share: sound to and from their messages. */
@NullMarked
package dev.revox.agent.realtime.wire;

import org.jspecify.annotations.NullMarked;
