/**
 * One dialog's bookkeeping: tags, sequence numbers, route set, requests with credentials, and both ends of a repeated 2xx.
 *
 * <p>Doors: {@link dev.revox.sip.signaling.dialog.Dialog}, {@link dev.revox.sip.signaling.dialog.Exchange}. Everything here
 * is confined to one leg's {@link dev.revox.sip.signaling.dialog.Mailbox}.
 */
@NullMarked
package dev.revox.sip.signaling.dialog;

import org.jspecify.annotations.NullMarked;
