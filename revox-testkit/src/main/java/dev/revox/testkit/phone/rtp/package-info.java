/**
 * The sound side of the test telephone: RTP with G.711 and telephone-event, written without any code of the product
 * but its G.722. Door:
 * {@link dev.revox.testkit.phone.rtp.PhoneRtp}.
 */
@NullMarked
package dev.revox.testkit.phone.rtp;

import org.jspecify.annotations.NullMarked;
