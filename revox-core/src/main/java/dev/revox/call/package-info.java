/**
 * The life of one attempt: from the dial to its one end. Doors: {@link dev.revox.call.CallSession},
 * {@link dev.revox.call.Mailbox}. A session knows the line and the agent by their ports only, reads no store, and is confined
 * to its mailbox.
 */
@NullMarked
package dev.revox.call;

import org.jspecify.annotations.NullMarked;
