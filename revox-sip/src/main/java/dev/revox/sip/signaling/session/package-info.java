/**
 * What runs within one dialog while a call is up: offers and answers of both sides, session timers, a transfer, digits.
 *
 * <p>Doors: {@link dev.revox.sip.signaling.session.Renegotiation}, {@link dev.revox.sip.signaling.session.SessionTerms},
 * {@link dev.revox.sip.signaling.session.Referral}. All of it is confined to the leg's mailbox. Neighbours: {@code .dialog}
 * below, {@code .call} above.
 */
@NullMarked
package dev.revox.sip.signaling.session;

import org.jspecify.annotations.NullMarked;
