/**
 * Where every message finds its call, and what is refused before any call sees it. Doors: {@link
 * dev.revox.sip.signaling.switchboard.Switchboard}, {@link dev.revox.sip.signaling.switchboard.Objections}.
 *
 * <p>Everything here runs on the stack's threads: it looks up and posts.
 */
@NullMarked
package dev.revox.sip.signaling.switchboard;

import org.jspecify.annotations.NullMarked;
