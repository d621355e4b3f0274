/**
 * SIP transactions on JAIN-SIP: the only room that knows the library. Door: {@link
 * dev.revox.sip.signaling.stack.JainTransport}.
 *
 * <p>Dialogs are not the library's business here: its automatic support leaks one for every stray 2xx, so it runs as a pure
 * transaction layer and {@code .call} keeps the dialogs. The library's threads translate and post, nothing else.
 */
@NullMarked
package dev.revox.sip.signaling.stack;

import org.jspecify.annotations.NullMarked;
